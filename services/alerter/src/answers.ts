import { type Alert, type AskAnswer, type ParsedQuery, refuse } from '@muster/contracts';
import { maySee } from '@muster/domain';
import type { AlertHandlers, Clock } from '@muster/mesh';
import type { Book } from './alert/book.ts';

const isOpen = ({ endedAt, acknowledged }: Alert): boolean => endedAt === undefined && !acknowledged;

const byNewest = (a: Alert, b: Alert): number =>
  a.raisedAt < b.raisedAt ? 1 : a.raisedAt > b.raisedAt ? -1 : 0;

/** The alerts of an organisation, or of those that a centre looks after. */
export const askAlerts = (
  book: Book,
  { alertId, includeEnded, limit }: ParsedQuery<'alerts'>,
  org: string,
): AskAnswer<'alerts'> => {
  const found = [...book.all()]
    .filter((alert) => maySee(org, { addressee: alert.org }))
    .filter((alert) => (alertId === undefined ? includeEnded || isOpen(alert) : alert.alertId === alertId))
    .sort(byNewest);
  return { alerts: found.slice(0, limit), leftOut: Math.max(0, found.length - limit) };
};

/** Whoever acknowledges takes it on, and nobody further is called. */
export const alertHandlers = (book: Book, clock: Clock): AlertHandlers => ({
  'alert-acknowledge': async (org, { alertId, actor, note }) => {
    const there = await book.refresh(org, alertId);
    if (!there) return { ok: false, ...refuse('not-found', `${org} has no alert ${alertId}`) };
    const at = new Date(clock.now()).toISOString();
    const done = await book.change(org, alertId, (before) =>
      before.acknowledged
        ? undefined
        : { ...before, acknowledged: { by: actor.id, at, ...(note !== undefined && { note }) } },
    );
    if (done) return { ok: true, alert: done.alert };
    return { ok: false, ...refuse('contention', 'others write to it at the same time; send the same again') };
  },
});
