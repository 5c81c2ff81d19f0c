import type { ClaimView } from '@muster/contracts';
import { CLAIM_STATUS_WORDS } from '../words/claims.ts';
import { Countdown } from './countdown.tsx';
import { Tag } from './tag.tsx';

export const ClaimStatusTag = ({ status }: Pick<ClaimView, 'status'>) => {
  const { words, colour } = CLAIM_STATUS_WORDS[status];
  return <Tag colour={colour}>{words}</Tag>;
};

/** By when the next step is due. */
export const ClaimDue = ({ dueBy, isOverdue }: Pick<ClaimView, 'dueBy' | 'isOverdue'>) =>
  dueBy === undefined ? (
    'nothing'
  ) : (
    <>
      <Countdown to={dueBy} /> {isOverdue && <Tag colour="red">Overdue</Tag>}
    </>
  );
