import type { HandoverItem } from '@muster/contracts';

export const keyOf = ({ kind, owner, id }: HandoverItem): string => `${kind}/${owner}/${id}`;
