import { createHash } from 'node:crypto';
import type { Alert } from '@muster/contracts';
import type { AlertStore, StoredAlert } from '@muster/mesh';
import { ENDED_KEPT_MS, WRITES_MAX } from '../limits.ts';

/** Names the alert about something that waits for an organisation: the same at every time and in every process. */
export const alertIdOf = (org: string, noticeId: string): string =>
  createHash('sha256').update(`${org}\n${noticeId}`).digest('hex').slice(0, 32);

/** Changes an alert; undefined when there is nothing to change. */
export type Change = (before: Alert) => Alert | undefined;

/**
 * The alerts of a mode as they are known here. What is here may be old; every change is made on what is stored,
 * and only if nobody else has changed it since.
 */
export type Book = {
  /** Reads everything that is stored, also what other processes have written. */
  load(): Promise<void>;
  get(alertId: string): Alert | undefined;
  all(): Iterable<Alert>;
  /** Begins an alert; the one that is there when another process was first. Undefined: not known, look again. */
  begin(alert: Alert): Promise<{ alert: Alert; isNew: boolean } | undefined>;
  /** The alert after the change, or as it is if there was nothing to change; undefined: there is none, or not known. */
  change(
    org: string,
    alertId: string,
    change: Change,
  ): Promise<{ alert: Alert; isChanged: boolean } | undefined>;
  /** Reads one anew. @throws Error when the server cannot be asked. */
  refresh(org: string, alertId: string): Promise<Alert | undefined>;
  /** Forgets what ended long ago. */
  tidy(nowMs: number): void;
};

export const openBook = (store: AlertStore): Book => {
  const known = new Map<string, StoredAlert>();
  const keep = (stored: StoredAlert): Alert => {
    known.set(stored.alert.alertId, stored);
    return stored.alert;
  };
  const refresh = async (org: string, alertId: string): Promise<Alert | undefined> => {
    const stored = await store.read(org, alertId);
    if (!stored) known.delete(alertId);
    return stored && keep(stored);
  };
  return {
    load: async () => {
      const all = await store.all();
      const before = new Map(known);
      known.clear();
      for (const stored of all) {
        const written = before.get(stored.alert.alertId);
        keep(written && written.seq > stored.seq ? written : stored);
      }
    },
    get: (alertId) => known.get(alertId)?.alert,
    all: () => [...known.values()].map(({ alert }) => alert),
    begin: async (alert) => {
      const written = await store.write(alert, 0);
      if (written.kind === 'stored') return { alert: keep({ alert, seq: written.seq }), isNew: true };
      const there = await refresh(alert.org, alert.alertId);
      return there && { alert: there, isNew: false };
    },
    change: async (org, alertId, change) => {
      for (let tries = 0; tries < WRITES_MAX; tries += 1) {
        if (tries > 0 || !known.has(alertId)) await refresh(org, alertId);
        const before = known.get(alertId);
        if (!before) return undefined;
        const after = change(before.alert);
        if (!after) {
          // What is known here may be old: only what is stored can say that there is nothing to do.
          if (tries > 0) return { alert: before.alert, isChanged: false };
          continue;
        }
        const written = await store.write(after, before.seq);
        if (written.kind === 'stored')
          return { alert: keep({ alert: after, seq: written.seq }), isChanged: true };
        if (written.kind === 'unknown') return undefined;
      }
      return undefined;
    },
    refresh,
    tidy: (nowMs) => {
      for (const [alertId, { alert }] of known) {
        if (alert.endedAt !== undefined && Date.parse(alert.endedAt) < nowMs - ENDED_KEPT_MS)
          known.delete(alertId);
      }
    },
  };
};
