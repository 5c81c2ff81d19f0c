import { DELEGATIONS, type MusterEvent } from '@muster/contracts';
import { createAppender, type Mesh } from '@muster/mesh';
import { MODE } from '../../gateway/stack.ts';

/** Writes events that kent may see, one by one, and says when each was begun. */
export type Writer = { write(): Promise<{ seq: number; begunAt: number }> };

const eventOf = (delegationId: string): MusterEvent => ({
  type: 'muster.delegation.granted.v1',
  data: {
    org: 'kent',
    policyId: DELEGATIONS,
    delegationId,
    post: 'gold',
    role: 'approver',
    scope: { codes: ['CY'], maxQuantity: 10, emergencies: false },
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2036-01-01T00:00:00.000Z',
    grantedBy: 'chief',
    reason: 'the bench writes something that others follow',
  },
});

export const createWriter = (mesh: Mesh): Writer => {
  const appender = createAppender(mesh);
  let lastSeq = 0;
  let n = 0;
  return {
    write: async () => {
      n += 1;
      const commandId = `bench-${n}`;
      // On the clock of the machine, since the readers are another process.
      const begunAt = performance.timeOrigin + performance.now();
      const outcome = await appender.append({
        mode: MODE,
        stream: 'ASSISTANCE',
        writer: {
          org: 'kent',
          commandId,
          source: '/muster/hub/bench',
          actor: 'kent/approver/chief',
          time: '2026-11-22T21:00:00.000Z',
          classification: 'OFFICIAL',
        },
        events: [eventOf(commandId)],
        expect: [{ aggregate: { kind: 'policy', owner: 'kent', id: DELEGATIONS }, lastSeq }],
      });
      if (outcome.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(outcome)}`);
      lastSeq = outcome.seq;
      return { seq: outcome.seq, begunAt };
    },
  };
};
