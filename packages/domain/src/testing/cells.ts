import type { RefusalCode, RequestView } from '@muster/contracts';
import { expect } from 'vitest';
import type { LedgerCommand } from '../ledger/view.ts';
import { chief, commandBy, type RequestStage, r1, reachStage, stageOf } from './asked.ts';
import type { Scene } from './scene.ts';

/** The stage that is reached, a refusal's code after `!`, or `=`: nothing happens. */
export type Cell = RequestStage | `!${RefusalCode}` | '=';

/** One command or timer, against every stage of a request. */
export type Row = {
  cells: Record<RequestStage, Cell>;
  /** What is sent. */
  command: (scene: Scene) => LedgerCommand;
  /** How the request was asked for, where that matters. */
  asked?: Parameters<typeof reachStage>[1];
  /** What is tried before, and need not be taken. */
  before?: (scene: Scene) => LedgerCommand;
  /** When it is sent, if the scene has not come as far. */
  time?: string;
};

/** Stages of a request that has gone out, and of one that is over. */
export type Live = Extract<RequestView['status'], 'open' | 'part-filled' | 'filled' | 'unfilled'>;
export type Over = 'refused' | 'cancelled' | 'expired' | 'closed';

/** The same cell for several stages. */
export const all = <S extends string>(stages: readonly S[], cell: Cell): Record<S, Cell> =>
  Object.fromEntries(stages.map((stage) => [stage, cell])) as Record<S, Cell>;

export const LIVE = ['open', 'part-filled', 'filled', 'unfilled'] as const satisfies Live[];
export const OVER = ['refused', 'cancelled', 'expired', 'closed'] as const satisfies Over[];
export const NOT_SENT = ['none', 'draft'] as const;
export const EVERY = [...NOT_SENT, 'awaiting-approval', ...LIVE, ...OVER] as const;

/** Every live request stays what it is. */
export const stays: Record<Live, Cell> = {
  open: 'open',
  'part-filled': 'part-filled',
  filled: 'filled',
  unfilled: 'unfilled',
};
/** The host asks for tier 3, to which a centre has to agree. */
export const goUp = (scene: Scene) =>
  commandBy(scene, 'kent', 'request-escalate', {
    ...{ ...r1, actor: chief, commandId: 'up', toTier: 3, reasonCode: 'urgency', reason: 'It grows' },
  });
/** Plays one cell of a table. */
export const check = (
  stage: RequestStage,
  cell: Cell,
  { command, asked = {}, before, time }: Omit<Row, 'cells'>,
): void => {
  const scene = reachStage(stage, asked);
  const earlier = before?.(scene);
  if (earlier && scene.refusalOf(earlier) === undefined) scene.run(earlier);
  if (time !== undefined && time > scene.now()) scene.setNow(time);
  const given = command(scene);
  if (cell.startsWith('!')) {
    expect(`!${scene.refusalOf(given)}`).toBe(cell);
    return;
  }
  const events = scene.run(given);
  expect(events.length > 0).toBe(cell !== '=');
  expect(stageOf(scene)).toBe(cell === '=' ? stage : cell);
};
