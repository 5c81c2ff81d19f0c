import { type CapabilityAdvertised, isRefusal, type MusterEvent, subjectOf } from '@muster/contracts';
import {
  createLedger,
  decide,
  type Ledger,
  type LedgerCommand,
  type PlanFacts,
  planFactsOf,
  takenOf,
} from '@muster/domain';
import { type Random, seeded } from '@muster/testkit';
import { beforeAll, expect, it } from 'vitest';
import { highsSolver } from './highs.ts';
import { makePlan } from './make.ts';

const MESHES = 100;
const SECONDS_MS = 60_000;
const NOW_MS = Date.parse('2026-12-07T08:00:00.000Z');
const at = (hours: number): string => new Date(NOW_MS + hours * 3_600_000).toISOString();
const NOW = at(0);
const DONORS = ['essex', 'surrey', 'sussex', 'norfolk'];
const HOSTS = ['kent', 'hampshire', 'dorset'];
const place = { name: 'Here', lat: 51.3, lon: 0.5 };

/** A ledger to which commands are given as a broker would. */
const meshOf = () => {
  const ledger = createLedger();
  let seq = 0;
  const put = (event: MusterEvent): void => {
    seq += 1;
    const id = `kent.c-${seq}.1`;
    const envelope = { id, source: '/t', type: event.type, time: NOW, commandId: `c-${seq}`, actor: 'a/b/c' };
    const subject = subjectOf('exercise', event);
    ledger.apply({ seq, subject, event, envelope: { ...envelope, classification: 'OFFICIAL' } });
  };
  const run = (command: LedgerCommand): boolean => {
    const decision = decide(command, ledger.view, NOW);
    if (isRefusal(decision)) return false;
    decision.events.forEach(put);
    return true;
  };
  return { ledger, put, run };
};
type TestMesh = ReturnType<typeof meshOf>;

const advertise = ({ put, run }: TestMesh, random: Random, donor: string, n: number): void => {
  const quantity = random.int(1, 5);
  const data: CapabilityAdvertised = {
    ...{ force: donor, capabilityId: `c-${n}`, revision: 1, code: 'DG.GP', kind: 'pool', quantity },
    ...{ quantityUnit: 'team', base: place, noticeMinutes: 0, releasableTo: { kind: 'national' } },
    windows: [{ from: at(-24), to: at(24 * 14) }],
    ...{ accreditations: [], reserveFloor: random.int(0, quantity), status: 'available' },
    ...{ minRestMinutes: random.pick([0, 480]), expiresAt: at(48) },
  };
  put({ type: 'muster.capability.advertised.v1', data });
  run({ name: 'open-bookings', capabilities: [{ donor, capabilityId: data.capabilityId }] });
};

const request = ({ run }: TestMesh, random: Random, host: string): void => {
  const lines = Array.from({ length: random.int(1, 3) }, (_, n) => {
    const from = random.int(1, 20);
    const quantity = random.int(1, 5);
    const minimumQuantity = random.chance(0.4) ? random.int(1, quantity) : 1;
    const span = { from: at(from), to: at(from + random.int(2, 14)) };
    const what = { lineId: `l${n}`, capabilityCode: 'DG.GP', quantity, minimumQuantity };
    return { ...what, ...span, reportTo: place, accreditations: [] };
  });
  const command: LedgerCommand = {
    ...{ name: 'request-create', org: host },
    body: {
      ...{ commandId: `r-${host}`, actor: { role: 'requester', id: 'desk' }, classification: 'OFFICIAL' },
      lines,
      terms: {
        urgency: random.pick(['IMMEDIATE', 'EXPECTED', 'FUTURE'] as const),
        ...{ threatCategory: 'PUBLIC_DISORDER', legalBasis: 'PA96-S24' },
        ...{ costCategory: 'EMERGENCY_SPONTANEOUS', specialDemandReason: 'disorder', contactDesk: 'desk' },
      },
      ...{ recipients: { kind: 'forces', forces: DONORS }, answerBy: at(0.5) },
      ...(random.chance(0.3) && { costLimitPence: random.int(1_000, 20_000) }),
    },
  };
  expect(run(command)).toBe(true);
};

/** Some donors have offered already, at a cost or none, under another regime, or for a while; some hosts have accepted. */
const offer = ({ ledger, run }: TestMesh, random: Random): void => {
  let count = 0;
  const common = { actor: { role: 'donor-desk', id: 'desk' }, classification: 'OFFICIAL' } as const;
  for (const { host, requestId, lines } of [...ledger.requests()]) {
    for (const { lineId, quantity, from } of lines) {
      for (const { data } of [...ledger.view.adverts('DG.GP')]) {
        if (!random.chance(0.3)) continue;
        count += 1;
        const offered = random.int(1, Math.min(quantity, data.quantity));
        const costEstimate = {
          ...{ amountPence: offered * random.int(100, 5_000), basis: 'rates' },
          ...(random.chance(0.2) && { costCategory: 'PLANNED_EVENT' as const }),
        };
        const commandId = `offer-${count}`;
        const what = { host, requestId, lineId, capabilityId: data.capabilityId, quantity: offered };
        const isMade = run({
          ...{ name: 'offer-make', org: data.force },
          body: {
            ...{ ...common, ...what, commandId, estimatedArrival: from },
            ...(random.chance(0.7) && { costEstimate }),
            ...(random.chance(0.2) && { validUntil: at(1) }),
          },
        });
        if (!isMade || random.chance(0.8)) continue;
        const accept = [{ offerId: commandId, quantity: 1 }];
        const actor = { role: 'requester', id: 'desk' } as const;
        const body = {
          commandId: `a-${count}`,
          actor,
          classification: 'OFFICIAL' as const,
          requestId,
          accept,
        };
        run({ name: 'offer-accept', org: host, body });
      }
    }
  }
};

/** Capabilities of which a donor has offered units: how far it goes below its floor is its own choice. */
const offeredOf = (ledger: Ledger): Set<string> =>
  new Set(
    [...ledger.requests()].flatMap(({ offers }) =>
      [...offers.values()].map(({ donor, capabilityId }) => `${donor}/${capabilityId}`),
    ),
  );

const factsOf = (ledger: Ledger): PlanFacts => {
  const facts = planFactsOf(ledger, [...ledger.requests()], NOW);
  if (isRefusal(facts)) throw new Error(facts.because);
  return facts;
};

/** At every instant, what is left of a capability after all that the plan has reserved. */
const leastLeft = ({ view }: Ledger, donor: string, capabilityId: string): number => {
  const advert = view.advert(donor, capabilityId);
  if (!advert) throw new Error('it was advertised');
  const taken = takenOf(view, advert, NOW);
  const used = taken.map(({ from }) =>
    taken.reduce((sum, each) => (each.from <= from && from < each.to ? sum + each.quantity : sum), 0),
  );
  return advert.data.quantity - Math.max(0, ...used);
};

let solverFor: Awaited<ReturnType<typeof highsSolver>>;
beforeAll(async () => {
  solverFor = await highsSolver();
});

it(`can be approved whole and leaves every reserve floor, in ${MESHES} random meshes`, () => {
  let called = 0;
  let taken = 0;
  for (let seed = 1; seed <= MESHES; seed += 1) {
    const random = seeded(seed);
    const mesh = meshOf();
    DONORS.forEach((donor) => {
      for (let n = random.int(1, 3); n > 0; n -= 1) advertise(mesh, random, donor, n);
    });
    for (const host of HOSTS) request(mesh, random, host);
    const withOffers = random.chance(0.6);
    if (withOffers) offer(mesh, random);
    const offered = offeredOf(mesh.ledger);
    const options = { now: NOW, org: 'npocc', timeLimitMs: SECONDS_MS, leftOutLimit: 0 };
    const { proposal } = makePlan({ facts: factsOf(mesh.ledger), ...options }, solverFor, () => 0);
    expect(proposal.isOptimal, `seed ${seed}`).toBe(true);
    if (proposal.assignments.length === 0) continue;
    const approved = mesh.run({
      ...{ name: 'plan-approve', org: 'npocc' },
      body: {
        ...{ commandId: 'plan', actor: { role: 'national-centre', id: 'desk' }, classification: 'OFFICIAL' },
        ...{ planId: 'p', basedOnSeq: 1, policyVersion: '1', assignments: proposal.assignments },
      },
    });
    expect(approved, `seed ${seed}`).toBe(true);
    for (const { donor, capabilityId, offerId } of proposal.assignments) {
      if (offerId !== undefined) taken += 1;
      if (offered.has(`${donor}/${capabilityId}`)) continue;
      called += 1;
      const floor = mesh.ledger.view.advert(donor, capabilityId)?.data.reserveFloor ?? 0;
      expect(leastLeft(mesh.ledger, donor, capabilityId), `seed ${seed}`).toBeGreaterThanOrEqual(floor);
    }
  }
  expect(called).toBeGreaterThan(MESHES);
  expect(taken).toBeGreaterThan(MESHES / 2);
});
