import type { Fact } from './facts.ts';
import type { Note } from './report.ts';

type Asked = { by: string | undefined; isAwaited: boolean };

const nameOf = ({ host, requestId }: { host: string; requestId: string }): string => `${host}/${requestId}`;

/** Nobody approves what he asked for or delegates to himself, and nothing goes out before it is approved. */
export const checkApprovals = (facts: readonly Fact[], note: Note): void => {
  const asked = new Map<string, Asked>();
  for (const fact of facts) {
    switch (fact.type) {
      case 'muster.request.submitted.v1': {
        const { requestedBy: by, approval } = fact.data;
        asked.set(nameOf(fact.data), { by, isAwaited: approval?.basis === 'awaited' });
        if (by !== undefined && approval?.post === by)
          note('self-approved', `request ${nameOf(fact.data)}`, fact.seq, `${by} asked and approved`);
        break;
      }
      case 'muster.request.approved.v1': {
        const of = asked.get(nameOf(fact.data));
        if (of) of.isAwaited = false;
        if (of?.by !== undefined && of.by === fact.data.approval.post)
          note('self-approved', `request ${nameOf(fact.data)}`, fact.seq, `${of.by} asked and approved`);
        break;
      }
      case 'muster.request.issued.v1':
        if (asked.get(nameOf(fact.data))?.isAwaited)
          note('issued-unapproved', `request ${nameOf(fact.data)}`, fact.seq, 'nobody had approved it');
        break;
      case 'muster.delegation.granted.v1':
        if (fact.data.post === fact.data.grantedBy)
          note(
            'self-approved',
            `delegation ${fact.data.delegationId}`,
            fact.seq,
            `${fact.data.post} to itself`,
          );
        break;
      default:
        break;
    }
  }
};
