import type { Alert, AlertOrder, BoardAction, Mode } from '@muster/contracts';
import type { AlertStore } from '@muster/mesh';
import type { Logger } from 'pino';
import type { Local } from '../desks/hours.ts';
import { type Desks, listFor } from '../desks/schema.ts';
import { alertIdOf, type Book } from './book.ts';
import { moveFor } from './move.ts';

/** Something that waits for an organisation, with its name. */
export type Waiting = BoardAction & { id: string };

export type CallerParts = {
  mode: Mode;
  desks: Desks;
  book: Book;
  store: AlertStore;
  log: Logger;
  local(instant: string): Local;
};

/** Calls whom the lists of the desks say, and no longer than something waits. */
export type Caller = {
  /** Takes the next step about everything of one organisation. */
  look(org: string, waiting: readonly Waiting[], now: string): Promise<void>;
  /** Gives orders that have not been carried out once more, in case that a process ended before it had given them. */
  makeSure(): Promise<void>;
  /** What is not called about for now. */
  held(): number;
};

const begun = (
  mode: Mode,
  org: string,
  list: string,
  waiting: Waiting,
  post: string,
  now: string,
): Alert => ({
  ...{ mode, org, alertId: alertIdOf(org, waiting.id), list, noticeId: waiting.id },
  ...{ kind: waiting.kind, item: waiting.item, host: waiting.host, requestId: waiting.requestId },
  ...(waiting.by !== undefined && { by: waiting.by }),
  ...(waiting.desk !== undefined && { desk: waiting.desk }),
  raisedAt: now,
  called: [{ post, at: now }],
  sent: [],
});

export const createCaller = ({ mode, desks, book, store, log, local }: CallerParts): Caller => {
  const held = new Map<string, number>();

  const nameAt = (alert: Alert, step: number) => desks.desks[alert.org]?.[alert.list]?.names[step];
  const order = async (alert: Alert, step: number): Promise<void> => {
    const { org, alertId } = alert;
    const name = nameAt(alert, step);
    const post = alert.called[step]?.post;
    if (!name || post === undefined) return;
    const of: Omit<AlertOrder, 'channel'> = { mode, org, alertId, step, post };
    for (const channel of ['email', 'webhook'] as const) {
      if (name[channel] === undefined) continue;
      const given = await store.order({ ...of, channel });
      // A conflict is an order that was given before.
      if (given.kind === 'unknown')
        throw new Error(`the order to tell ${post} is not stored: ${given.because}`);
    }
  };
  const call = async (waiting: Waiting, org: string, step: number, now: string): Promise<void> => {
    const found = listFor(desks, org, waiting.desk);
    const name = found?.list.names[step];
    if (!found || !name) return;
    const { post } = name;
    const known = book.get(alertIdOf(org, waiting.id));
    const called = known
      ? await book.change(org, known.alertId, (before) =>
          before.called.length === step && !before.acknowledged && before.endedAt === undefined
            ? { ...before, list: found.name, called: [...before.called, { post, at: now }] }
            : undefined,
        )
      : await book.begin(begun(mode, org, found.name, waiting, post, now));
    const isOurs = called && ('isNew' in called ? called.isNew : called.isChanged);
    if (!called || !isOurs) return;
    log.info({ org, alertId: called.alert.alertId, kind: waiting.kind, post, step }, 'calling');
    await order(called.alert, step);
  };
  const end = async ({ org, alertId }: Alert, now: string): Promise<void> => {
    await book.change(org, alertId, (before) =>
      before.endedAt === undefined ? { ...before, endedAt: now } : undefined,
    );
  };
  const giveUp = async ({ org, alertId, kind }: Alert, now: string): Promise<void> => {
    const done = await book.change(org, alertId, (before) =>
      before.acknowledged || before.unansweredAt !== undefined ? undefined : { ...before, unansweredAt: now },
    );
    if (done?.isChanged)
      log.error({ org, alertId, kind }, 'everybody has been called, and nobody acknowledges');
  };
  const step = async (org: string, known: Alert | undefined, waiting: Waiting | undefined, now: string) => {
    const list = waiting && listFor(desks, org, waiting.desk)?.list;
    const move = moveFor(known, waiting, list, now, local(now));
    switch (move.do) {
      case 'call':
        if (waiting) await call(waiting, org, move.step, now);
        return 0;
      case 'end':
        if (known) await end(known, now);
        return 0;
      case 'give-up':
        if (known) await giveUp(known, now);
        return 0;
      case 'hold':
        return 1;
      case 'nothing':
        return 0;
    }
  };

  return {
    look: async (org, waiting, now) => {
      let count = 0;
      const names = new Set<string>();
      for (const one of waiting) {
        const alertId = alertIdOf(org, one.id);
        names.add(alertId);
        count += await step(org, book.get(alertId), one, now);
      }
      for (const alert of book.all()) {
        if (alert.org === org && !names.has(alert.alertId)) await step(org, alert, undefined, now);
      }
      held.set(org, count);
    },
    makeSure: async () => {
      for (const alert of book.all()) {
        const last = alert.called.length - 1;
        const isOpen = !alert.acknowledged && alert.endedAt === undefined;
        if (isOpen && !alert.sent.some(({ step: sent }) => sent === last)) await order(alert, last);
      }
    },
    held: () => [...held.values()].reduce((sum, count) => sum + count, 0),
  };
};
