import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mode, streamName } from '@muster/contracts';
import { eventually, type Random, seeded } from '@muster/testkit';
import { type CheckerResult, runChecker } from '../world/checker.ts';
import type { Service } from '../world/children.ts';
import { roster } from '../world/roster.ts';
import { startWorld, type World } from '../world/world.ts';
import { acceptancesOf, askAll, runClients, type Tally, viewOf } from './acceptances.ts';

const DONORS = [
  'avon-and-somerset',
  'bedfordshire',
  'cambridgeshire',
  'cheshire',
  'cleveland',
  'cumbria',
  'derbyshire',
  'dorset',
  'durham',
  'essex',
] as const;
const HOSTS = ['kent', 'surrey', 'sussex', 'norfolk'] as const;

export type RaceOptions = {
  seed: number;
  brokers: number;
  clients: number;
  /** Units that can be lent, spread over ten donors. */
  units: number;
  /** Requests; each asks for every unit, so acceptances are about units × requests. */
  requests: number;
  servers: 1 | 3;
  /** Kill a broker with SIGKILL this often, in milliseconds, and start it again. */
  killEveryMs?: number;
  /** The control run: compare-and-set switched off. */
  withoutCas?: boolean;
};

export type RaceResult = {
  acceptances: number;
  tally: Tally;
  checker: CheckerResult;
  kills: number;
  /** Copies that the servers keep of the ledger. */
  copies: number;
};

const MODE: Mode = 'exercise';

const startBrokers = (world: World, of: RaceOptions): Promise<Service[]> =>
  Promise.all(
    Array.from({ length: of.brokers }, (_, n) =>
      world.service({
        name: 'request-broker',
        label: `broker-${n + 1}`,
        env: of.withoutCas ? { MUSTER_UNSAFE_NO_CAS: '1' } : {},
      }),
    ),
  );

/** Kills one of those that run, at an even pace; the killed come back meanwhile. */
const killNowAndThen = (brokers: readonly Service[], everyMs: number, random: Random) => {
  const down = new Map<Service, Promise<void>>();
  let kills = 0;
  const killOne = (): void => {
    const running = brokers.filter((broker) => !down.has(broker));
    // The last one stays, so that clients have somebody to ask.
    if (running.length < 2) return;
    const victim = random.pick(running);
    kills += 1;
    const back = victim
      .kill9()
      .then(() => victim.start())
      .finally(() => down.delete(victim));
    down.set(victim, back);
  };
  const timer = setInterval(killOne, everyMs);
  return {
    stop: async (): Promise<number> => {
      clearInterval(timer);
      await Promise.all(down.values());
      return kills;
    },
  };
};

/** Every stored acceptance has been answered by its home force. */
const untilSettled = async (world: World, asks: readonly { host: string; requestId: string }[]) => {
  for (const ask of asks) {
    const caller = await world.callerOf(ask.host);
    await eventually(
      async () => (await viewOf(caller, world, ask)).offers.every((offer) => offer.status !== 'accepted'),
      { deadlineMs: 120_000, everyMs: 200, what: `home answers for ${ask.requestId}` },
    );
  }
};

/** One race on a mesh of its own, and what the independent checker says of it. */
export const runRace = async (of: RaceOptions): Promise<RaceResult> => {
  const random = seeded(of.seed);
  await using world = await startWorld({ mode: MODE, forces: DONORS, servers: of.servers });
  const brokers = await startBrokers(world, of);
  await world.service({ name: 'capability-registry', label: 'registry' });
  const perDonor = of.units / DONORS.length;
  const rows = Array.from({ length: perDonor }, (_, n) => ({ id: `fccu-${n + 1}` }));
  await world.adapter(
    'adapter',
    DONORS.map((force) => ({ force, roster: roster(rows) })),
  );
  const asks = await askAll(world, {
    hosts: HOSTS,
    donors: DONORS,
    requests: of.requests,
    units: of.units,
    random: random.fork('asks'),
  });
  const acceptances = await acceptancesOf(world, asks, of.units, random.fork('acceptances'));
  const killer = of.killEveryMs && killNowAndThen(brokers, of.killEveryMs, random.fork('kills'));
  const tally = await runClients(world, acceptances, of.clients, random.fork('clients'));
  const kills = killer ? await killer.stop() : 0;
  if (!of.withoutCas) await untilSettled(world, asks);
  const acks = join(world.dir, 'acks.ndjson');
  writeFileSync(acks, tally.stored.map((ack) => `${JSON.stringify(ack)}\n`).join(''));
  const checker = await runChecker(world, acks);
  const { config } = await world.admin.jsm.streams.info(streamName('ASSISTANCE', MODE));
  return { acceptances: acceptances.length, tally, checker, kills, copies: config.num_replicas };
};
