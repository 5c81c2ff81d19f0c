import { eventRow, isRefusal, MODES, type Mode } from '@muster/contracts';
import { decide } from '@muster/domain';
import { check } from '../checker/check.ts';
import type { RawRecord } from '../checker/facts.ts';
import { waitsInVain } from './answerable.ts';
import { moved, POSTS } from './cast.ts';
import type { Mesh, Plants } from './mesh.ts';
import { approvedByOthers, type Breach, readPlain, silenceUnrecorded, unfounded } from './rules.ts';
import { EXERCISE_PREFIX, type World } from './world.ts';

/** While a history goes on, nothing is overdue yet. */
const NEVER_MS = 400 * 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** For how long all services are thought to be down, so that nothing due has been done when a board is looked at. */
const DOWN_MINUTES = 1_440;

const streamsOf = (records: readonly RawRecord[]): RawRecord[][] =>
  ['CAPABILITY', 'ASSISTANCE', 'HOME'].map((kind) =>
    records.filter(({ stream }) => stream.startsWith(`${kind}_`)),
  );

/** What is stored stands as it was written, in the store and in whatever was built from it. */
const rewritten = ({ stored, records }: Mesh): Breach[] =>
  stored.flatMap(({ event, envelope }, index) =>
    JSON.stringify(event.data) === records[index]?.body
      ? []
      : [{ rule: 'record-rewritten', detail: `${envelope.id} is not what was written` }],
  );

/** Every event fits its own contract. */
const misshapen = ({ stored }: Mesh): Breach[] =>
  stored.flatMap(({ event, envelope }) => {
    const parsed = eventRow(event.type).schema.safeParse(event.data);
    return parsed.success
      ? []
      : [{ rule: 'event-misshapen', detail: `${event.type} ${envelope.id}: ${parsed.error.message}` }];
  });

/** Nothing of an exercise stands in the streams of the actual mode. */
const leaked = (mode: Mode, { records }: Mesh): Breach[] =>
  mode === 'exercise'
    ? []
    : records
        .filter(({ body, headers }) => `${headers['ce-id']} ${body}`.includes(`.${EXERCISE_PREFIX}`))
        .map(({ headers }) => ({ rule: 'exercise-leaked', detail: `${headers['ce-id']} is of an exercise` }));

const OUT: readonly string[] = ['COMMITTED', 'MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'];

/** A donor may recall its units from wherever they are. */
const unrecallable = ({ ledger }: Mesh, now: string, plants: Plants): Breach[] =>
  [...ledger.deployments()]
    .filter(({ status }) => OUT.includes(status))
    .flatMap(({ donor, deploymentId, status }) => {
      const body = {
        ...{ commandId: 'probe', actor: POSTS.donor, classification: 'OFFICIAL' as const },
        ...{ donor, deploymentId, by: now, reasonCode: 'own-demand' as const, reason: 'Ours' },
      };
      const answer = (plants.decide?.(decide) ?? decide)(
        { name: 'return-request', org: donor, body },
        ledger.view,
        now,
      );
      return isRefusal(answer)
        ? [{ rule: 'recall-refused', detail: `${deploymentId}, ${status}: ${answer.because}` }]
        : [];
    });

/** Units that are home and debriefed are done with once their claim is, whichever of the two was decided later. */
const leftOpen = ({ ledger }: Mesh): Breach[] =>
  [...ledger.deployments()]
    .filter(({ status, debriefed, welfare }) => {
      return status === 'RETURNED' && debriefed.includes('donor') && !welfare?.isOpen;
    })
    .flatMap(({ donor, deploymentId }) => {
      const claim = ledger.view.claim(donor, deploymentId)?.status;
      const isSettled = claim === 'PAID' || claim === 'WAIVED';
      return isSettled
        ? [{ rule: 'deployment-left-open', detail: `${deploymentId} of ${donor}, its claim is ${claim}` }]
        : [];
    });

/**
 * Every promise that a history breaks, judged by the checker that judges real streams, and by rules for what
 * only a simulation can see.
 * @param isSettled whether everything has had its time, so that what has no end is a fault.
 */
export const judge = (world: World, isSettled: boolean, plants: Plants = {}): Breach[] =>
  MODES.flatMap((mode) => {
    const mesh = world.meshes[mode];
    const { now } = world.clock;
    const settleMs = isSettled ? HOUR_MS : NEVER_MS;
    const { findings } = check(streamsOf(mesh.records), { now, settleMs, acks: world.acks[mode] });
    const plain = readPlain(mesh.records);
    return [
      ...findings.map(({ kind, where, detail }) => ({ rule: kind, detail: `${where}: ${detail}` })),
      ...unfounded(plain),
      ...approvedByOthers(plain),
      ...silenceUnrecorded(plain),
      ...rewritten(mesh),
      ...misshapen(mesh),
      ...leaked(mode, mesh),
      ...unrecallable(mesh, now, plants),
      ...waitsInVain(mesh, now, world.coverage, plants),
      ...(isSettled ? [] : waitsInVain(mesh, moved(now, DOWN_MINUTES), world.coverage, plants)),
      ...(isSettled ? leftOpen(mesh) : []),
    ];
  });
