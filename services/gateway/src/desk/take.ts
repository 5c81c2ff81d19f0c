import { createHash } from 'node:crypto';
import type { ActorRole, HandoverItem, Mode } from '@muster/contracts';
import type { Caller, CallOptions, CommandOutcome } from '@muster/mesh';

/** Commands of one taking that are under way at a time. */
const AT_ONCE = 8;
/** Characters of a derived id: 160 bits and a letter. */
const DIGEST_LENGTH = 40;

export type Taking = {
  mode: Mode;
  org: string;
  /** Id of the whole; those of its commands follow from it. */
  key: string;
  from: string;
  desk: string;
  note: string;
  actor: { role: ActorRole; id: string };
};

type Item = Pick<HandoverItem, 'kind' | 'owner' | 'id'>;

/** What became of one item; `unknown` may be taken or not, and the same key sent again tells. */
export type Taken = Item & ({ outcome: 'taken' } | { outcome: 'refused' | 'unknown'; because: string });

/** `unavailable`: it is not known what the desk has. */
export type TakingOutcome =
  | { kind: 'done'; items: Taken[] }
  | { kind: 'unavailable'; because: string; items: Taken[] };

const idFor = (key: string, { kind, owner, id }: Item): string => {
  const digest = createHash('sha256').update([key, kind, owner, id].join('\0')).digest('hex');
  return `d${digest.slice(0, DIGEST_LENGTH)}`;
};

const tellOf = (item: Item, outcome: CommandOutcome): Taken => {
  switch (outcome.kind) {
    case 'stored':
      return { ...item, outcome: 'taken' };
    case 'refused':
      return { ...item, outcome: 'refused', because: outcome.refusal.because };
    case 'no-service':
    case 'unknown':
      return { ...item, outcome: 'unknown', because: outcome.because };
  }
};

/** Gives every request and deployment that a desk looks after to another; its claims go with their deployments. */
export const takeDesk = async (
  caller: Caller,
  { mode, org, key, from, desk, note, actor }: Taking,
  trace: CallOptions,
): Promise<TakingOutcome> => {
  const taken: Taken[] = [];
  const send = ({ kind, owner, id }: Item): Promise<CommandOutcome> => {
    const said = { commandId: idFor(key, { kind, owner, id }), actor, desk, note };
    return kind === 'request'
      ? caller.command(mode, org, 'request-desk-take', { ...said, requestId: id }, trace)
      : caller.command(mode, org, 'deployment-desk-take', { ...said, donor: owner, deploymentId: id }, trace);
  };
  const give = async (items: readonly Item[]): Promise<void> => {
    for (let at = 0; at < items.length; at += AT_ONCE) {
      const some = items.slice(at, at + AT_ONCE).map(({ kind, owner, id }) => ({ kind, owner, id }));
      taken.push(...(await Promise.all(some.map(async (item) => tellOf(item, await send(item))))));
    }
  };
  // Deployments follow their request unless a desk has taken them, so what is left is looked at again.
  for (const kind of ['request', 'deployment'] as const) {
    const answer = await caller.ask(mode, org, 'handover', { desk: from, limit: 1 }, trace);
    if (answer.kind !== 'answer') {
      const because = answer.kind === 'refused' ? answer.refusal.because : answer.because;
      return { kind: 'unavailable', because, items: taken };
    }
    await give(answer.answer.items.filter((item) => item.kind === kind));
  }
  return { kind: 'done', items: taken };
};
