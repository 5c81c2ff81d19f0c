import { type Mode, type MusterEvent, parseSubject, streamName } from '@muster/contracts';
import { type CommandResult, createLedger, type Ledger } from '@muster/domain';
import { decodeEvent, type Mesh, type Projection, project, type StoredEvent } from '@muster/mesh';
import { CATCH_UP_MS, FETCH_PARALLEL_MAX } from '../limits.ts';
import type { CloudEvent } from './cloudevent.ts';
import type { Row } from './filter.ts';
import { createHomeResults } from './homeResults.ts';
import { createLog, eventOfFrame, frameOf, type Log } from './log.ts';

/** All that this gateway knows of one mode, read from the streams and from nowhere else. */
export type View = {
  mode: Mode;
  ledger: Ledger;
  log: Log;
  ready: Promise<void>;
  isReady(): boolean;
  epoch(): string;
  /** Sequence of the ledger up to which this is. */
  seq(): number;
  lag(): number;
  /** Waits until what this gateway knows to be stored has been read; false when that takes too long. */
  catchUp(): Promise<boolean>;
  /** What a command stored, in the ledger or in the organisation's own; undefined when nothing is known of it. */
  result(org: string, commandId: string): CommandResult | undefined;
  /** Tells that something is stored at this sequence of the ledger. */
  stored(seq: number): void;
  /**
   * Frames of events, the newest from memory and others from the stream.
   * @throws Error when the stream does not give back one that was read before.
   */
  frames(seqs: readonly number[]): Promise<string[]>;
  /** The same events as they are, for records. */
  events(seqs: readonly number[]): Promise<CloudEvent[]>;
  onRow(listen: (row: Row, frame: string) => void): void;
  onReset(listen: () => void): void;
  alarms: readonly string[];
  skipped(): number;
  /** Why this cannot go on, if it cannot. */
  failure(): string | undefined;
  stop(): Promise<void>;
};

/**
 * Codes of the lines of the request that an event belongs to. They follow from the ledger alone: adverts are read beside
 * it and end, so that who asks for a code would get one thing today and another after a restart.
 */
const codesOf = (
  ledger: Ledger,
  codesByRequest: Map<string, string[]>,
  stored: StoredEvent,
): readonly string[] => {
  const parsed = parseSubject(stored.subject);
  if (parsed?.kind === 'request') {
    const lines = ledger.view.request(parsed.aggregate.owner, parsed.aggregate.id)?.lines ?? [];
    const codes = [...new Set(lines.map(({ capabilityCode }) => capabilityCode))].sort();
    codesByRequest.set(parsed.aggregate.id, codes);
    return codes;
  }
  return codesByRequest.get(stored.envelope.correlationId ?? '') ?? [];
};

const fetchFrom = async (mesh: Mesh, stream: string, seq: number): Promise<StoredEvent | undefined> => {
  const message = await mesh.jsm.streams.getMessage(stream, { seq });
  if (!message) return undefined;
  const { subject, header: headers, data, timestamp } = message;
  const decoded = decodeEvent({ seq, subject, headers, data, storedAt: Date.parse(timestamp) });
  return decoded.ok ? decoded.stored : undefined;
};

export const openView = (mesh: Mesh, mode: Mode): View => {
  const ledger = createLedger();
  const log = createLog();
  const codesByRequest = new Map<string, string[]>();
  const atHome = createHomeResults();
  const onRow: ((row: Row, frame: string) => void)[] = [];
  const onReset: (() => void)[] = [];
  const alarms: string[] = [];
  let skipped = 0;
  let failure: string | undefined;
  let knownSeq = 0;

  const addToLog = (stored: StoredEvent<MusterEvent['type']>): void => {
    const row = log.add(stored, codesOf(ledger, codesByRequest, stored));
    const frame = log.recent(row.seq) ?? frameOf(stored);
    for (const listen of onRow) listen(row, frame);
  };
  const follow = (kind: 'CAPABILITY' | 'ASSISTANCE' | 'HOME'): Projection => {
    const stream = streamName(kind, mode);
    const isLedger = kind === 'ASSISTANCE';
    const projection = project(mesh, {
      stream,
      // Adverts leave their stream when their time is up.
      dense: kind !== 'CAPABILITY',
      apply: (stored) => {
        ledger.apply(stored);
        if (isLedger) addToLog(stored);
        else if (kind === 'HOME') atHome.keep(stored);
      },
      skip: ({ seq, because }, context) => {
        skipped += 1;
        context.log.error({ because }, 'a stored message cannot be read and is passed over');
        if (isLedger) log.skip(seq);
      },
      alarm: (alarm) => {
        alarms.push(`${stream}: ${JSON.stringify(alarm)}`);
        mesh.log.error({ stream, alarm }, 'stream does not add up');
      },
      reset: () => {
        ledger.reset(kind);
        if (kind === 'HOME') atHome.clear();
        if (!isLedger) return;
        log.clear();
        codesByRequest.clear();
        knownSeq = 0;
        for (const listen of onReset) listen();
      },
    });
    void projection.closed.then((error) => {
      if (error) failure = `${stream} cannot be read on: ${error.message}`;
    });
    return projection;
  };

  const assistance = follow('ASSISTANCE');
  const all = [assistance, follow('HOME'), follow('CAPABILITY')];
  const fetched = async (seq: number): Promise<string> => {
    const stored = await fetchFrom(mesh, streamName('ASSISTANCE', mode), seq);
    if (!stored) throw new Error(`the stream did not give back sequence ${seq}, which was read before`);
    return frameOf(stored);
  };

  const frames = async (seqs: readonly number[]): Promise<string[]> => {
    const found: string[] = [];
    for (let at = 0; at < seqs.length; at += FETCH_PARALLEL_MAX) {
      const piece = seqs.slice(at, at + FETCH_PARALLEL_MAX);
      found.push(...(await Promise.all(piece.map((seq) => log.recent(seq) ?? fetched(seq)))));
    }
    return found;
  };

  let isReady = false;
  return {
    mode,
    ledger,
    log,
    ready: Promise.all(all.map(({ caughtUp }) => caughtUp)).then(() => {
      isReady = true;
    }),
    isReady: () => isReady && failure === undefined,
    epoch: assistance.epoch,
    seq: assistance.seq,
    lag: () => Math.max(...all.map((each) => each.lag())),
    catchUp: async () => isReady && assistance.waitFor(knownSeq, CATCH_UP_MS),
    result: (org, commandId) => ledger.result(org, commandId) ?? atHome.find(org, commandId),
    stored: (seq) => {
      knownSeq = Math.max(knownSeq, seq);
    },
    frames,
    events: async (seqs) => (await frames(seqs)).map(eventOfFrame),
    onRow: (listen) => void onRow.push(listen),
    onReset: (listen) => void onReset.push(listen),
    alarms,
    skipped: () => skipped,
    failure: () => failure,
    stop: async () => {
      await Promise.all(all.map((each) => each.stop()));
    },
  };
};
