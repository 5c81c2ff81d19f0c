import { forceOf, type RequestLine } from '@muster/contracts';
import type { RequestRef } from './host.ts';
import type { People } from './people.ts';
import type { Desk } from './schema.ts';

const desk = { role: 'donor-desk', id: 'resource-desk' } as const;

const offerFor = async (
  people: People,
  force: string,
  ref: RequestRef,
  line: RequestLine,
): Promise<boolean> => {
  const { items } = await people.ask(force, 'capability-search', {
    code: line.capabilityCode,
    force,
    from: line.from,
    to: line.to,
    limit: 1_000,
  });
  const best = items.toSorted((a, b) => b.free - a.free)[0];
  const free = (best?.free ?? 0) - (best?.reserveFloor ?? 0);
  if (!best || free < 1) return false;
  const answer = await people.send(force, 'offer-make', {
    commandId: `${ref.requestId}-${line.lineId}-${force}`.slice(0, 64),
    actor: desk,
    classification: 'OFFICIAL',
    ...ref,
    lineId: line.lineId,
    capabilityId: best.capabilityId,
    quantity: Math.min(free, line.quantity),
    estimatedArrival: line.from,
    remarks: `Decided by the desk of ${forceOf(force).name}`,
  });
  return answer.kind === 'stored';
};

const declineFor = (
  people: People,
  force: string,
  ref: RequestRef,
  lineIds: string[],
  of: { reasonCode: Extract<Desk, { does: 'decline' }>['reason']; remarks?: string | undefined },
) =>
  people.send(force, 'offer-decline', {
    commandId: `${ref.requestId}-no-${lineIds[0]}-${force}`.slice(0, 64),
    actor: desk,
    classification: 'OFFICIAL',
    ...ref,
    lineIds,
    ...of,
  });

/** What a force's desk does about a request that asks it. */
export const decideAtDesk = async (
  people: People,
  of: Desk,
  ref: RequestRef,
  lines: readonly RequestLine[],
): Promise<void> => {
  switch (of.does) {
    case 'nothing':
      return;
    case 'decline':
      await declineFor(
        people,
        of.force,
        ref,
        lines.map((line) => line.lineId),
        { reasonCode: of.reason, remarks: of.remarks },
      );
      return;
    case 'offer':
      for (const line of lines) {
        const offered = await offerFor(people, of.force, ref, line);
        if (!offered) await declineFor(people, of.force, ref, [line.lineId], { reasonCode: 'no-capacity' });
      }
      return;
  }
};
