import { type Mode, streamName } from '@muster/contracts';
import { waitingOf } from '@muster/domain';
import {
  ALERTS_DELIVER,
  createAlertStore,
  type Health,
  type Mesh,
  serveAlertCommands,
  serveAsks,
  work,
} from '@muster/mesh';
import { openBook } from './alert/book.ts';
import { createCaller, type Waiting } from './alert/caller.ts';
import { alertHandlers, askAlerts } from './answers.ts';
import { createDelivery } from './deliver/deliver.ts';
import { emailCarrier } from './deliver/email.ts';
import { logCarrier } from './deliver/log.ts';
import { webhookCarrier } from './deliver/webhook.ts';
import { localClock } from './desks/hours.ts';
import type { Desks } from './desks/schema.ts';
import { DELIVERIES_AT_ONCE, LOOK_EVERY_MS, LOOK_REST, MAKE_SURE_EVERY_MS, TRIES_MAX } from './limits.ts';
import { openView } from './view.ts';

export const SERVICE = 'alerter';

export type AlerterOptions = {
  mesh: Mesh;
  mode: Mode;
  desks: Desks;
  /** Where people find the gateway. */
  publicUrl: string;
  lookEveryMs?: number | undefined;
  againAfterMs?: number | undefined;
  triesMax?: number | undefined;
};

export type Alerter = {
  /** Resolves once everything is read and the first look was taken. */
  ready: Promise<void>;
  health(): Health;
  stop(): Promise<void>;
};

const isNamed = (action: ReturnType<typeof waitingOf>[number]): action is Waiting =>
  action.isMine && action.id !== undefined;

/** Watches what waits, and calls whom the lists of the desks say. */
export const startAlerter = (o: AlerterOptions): Alerter => {
  const { mesh, mode, desks } = o;
  const { clock } = mesh;
  const log = mesh.log.child({ service: SERVICE, mode });
  const store = createAlertStore(mesh, mode);
  const book = openBook(store);
  const caller = createCaller({ mode, desks, book, store, log, local: localClock(desks.timeZone) });
  const stopping = new AbortController();
  let isReady = false;
  let mustLoad = true;
  let madeSureAt = 0;
  let trouble: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  const view = openView(mesh, mode, () => {
    mustLoad = true;
  });
  const nowText = (): string => new Date(clock.now()).toISOString();

  const look = async (): Promise<void> => {
    if (!view.isReady()) throw new Error('the streams are being read');
    if (mustLoad) {
      await book.load();
      mustLoad = false;
      madeSureAt = 0;
    }
    if (clock.now() - madeSureAt > MAKE_SURE_EVERY_MS) {
      await caller.makeSure();
      madeSureAt = clock.now();
    }
    for (const org of Object.keys(desks.desks)) {
      if (stopping.signal.aborted) return;
      // What waited in the exercise before must not be told as if it waited in this one.
      if (!view.isOf(await store.epoch())) throw new Error('the exercise begins anew');
      await caller.look(org, waitingOf(org, view, nowText()).filter(isNamed), nowText());
    }
    book.tidy(clock.now());
  };
  const lookOn = async (): Promise<void> => {
    const began = clock.now();
    try {
      await look();
      isReady = true;
      trouble = undefined;
    } catch (error) {
      // Orders that were not given are given when everything is read anew.
      mustLoad = true;
      trouble = String(error);
      if (!stopping.signal.aborted) log.warn({ err: error }, 'could not look at what waits; looking again');
    }
    const waitMs = Math.max(o.lookEveryMs ?? LOOK_EVERY_MS, (clock.now() - began) * LOOK_REST);
    if (!stopping.signal.aborted) timer = setTimeout(() => void next(), waitMs);
  };
  let running: Promise<void> = Promise.resolve();
  const next = (): Promise<void> => {
    running = lookOn();
    return running;
  };

  const worker = work(mesh, {
    ...{ stream: streamName('ALERTS', mode), durable: ALERTS_DELIVER, mode, owner: 'hub', service: SERVICE },
    deliveriesMax: o.triesMax ?? TRIES_MAX,
    parallel: DELIVERIES_AT_ONCE,
    handle: createDelivery({
      ...{ desks, book, publicUrl: o.publicUrl, timeZone: desks.timeZone, againAfterMs: o.againAfterMs },
      email: desks.smtp && emailCarrier(desks.smtp),
      webhooks: new Map(
        Object.entries(desks.webhooks).map(([name, hook]) => [name, webhookCarrier(hook, clock)]),
      ),
      instead: desks.carry === 'log' ? logCarrier(log) : undefined,
      now: nowText,
    }),
  });
  const servers = [
    serveAsks(mesh, mode, {
      service: SERVICE,
      handlers: {
        alerts: async (query, { org }) => {
          await book.load();
          return askAlerts(book, query, org);
        },
      },
    }),
    serveAlertCommands(mesh, mode, SERVICE, alertHandlers(book, clock)),
  ];
  const ready = view.ready.then(next);

  return {
    ready,
    health: () => {
      const failure = view.failure() ?? trouble;
      const open = [...book.all()].filter(({ endedAt }) => endedAt === undefined);
      return {
        ...{ service: SERVICE, mode, ready: isReady && failure === undefined },
        ...(failure === undefined ? {} : { reason: failure }),
        alertsOpen: open.filter(({ acknowledged }) => !acknowledged).length,
        alertsUnanswered: open.filter((alert) => alert.unansweredAt !== undefined && !alert.acknowledged)
          .length,
        alertsHeld: caller.held(),
        handled: worker.handled(),
      };
    },
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await Promise.all([worker.stop(), ...servers.map((server) => server.stop()), running]);
      await view.stop();
    },
  };
};
