import { isForce, MODES, type Mode } from '@muster/contracts';
import { EXERCISE_RESET_SUBJECT, type Mesh, nkeyOf, readSeed } from '@muster/mesh';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { eventually, forEachWay } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ask, PROBE, publishAll, subscribeAll } from './probe.ts';
import { ALL_STREAMS, apiSubjects, ownedSubjects, type Probe, streamApi, wildcards } from './subjects.ts';

/** Organisations that try everything on each other: big and small forces, and those that are not forces. */
const ORGS = ['kent', 'metropolitan', 'nca', 'ricc-london', 'npocc'] as const;
const OWNERS = [...ORGS, 'surrey', 'hub'];

type User = { org: string; mode: Mode };
const USERS: User[] = ORGS.flatMap((org) => MODES.map((mode) => ({ org, mode })));

const isOwn = (user: User, probe: Probe): boolean => probe.owner === user.org && probe.mode === user.mode;

/** The rule, written a second time and not taken from what makes the configuration. */
const mayPublish = (user: User, probe: Probe): boolean => {
  if (!isOwn(user, probe)) return false;
  if (probe.family === 'command' || probe.family === 'ask') return true;
  return (
    isForce(user.org) && ['advert', 'home', 'dead-letter', 'next', 'ack', 'later-ack'].includes(probe.family)
  );
};

const maySubscribe = (user: User, probe: Probe): boolean =>
  isOwn(user, probe) &&
  (probe.family === 'inbox' || (['replay', 'decide'].includes(probe.family) && isForce(user.org)));

const answerDue = (user: User, probe: Probe): Answer => (mayPublish(user, probe) ? 'answered' : 'refused');

/** One line a cell, so that a difference shows what is wrong. */
const table = (probes: readonly Probe[], cell: (probe: Probe) => string | boolean): string[] =>
  probes.map((probe) => `${probe.subject} ${cell(probe)}`);

await forEachWay(describe, 'who may do what', (way) => {
  let muster: Muster;
  let owned: Probe[];
  const arrived = new Set<string>();

  beforeAll(async () => {
    muster = await startMuster({ way });
    const inboxKey = (org: string, mode: Mode) =>
      org === 'hub' ? undefined : nkeyOf(readSeed(muster.keysDir, `${org}.${mode}`)).publicKey;
    owned = OWNERS.flatMap((org) => MODES.flatMap((mode) => ownedSubjects(org, mode, inboxKey(org, mode))));
    muster.admin.nc.subscribe('>', {
      callback: (_, msg) => {
        const probe = msg.headers?.get(PROBE);
        if (probe) arrived.add(probe);
        if (/^(cmd|ask)\./.test(msg.subject)) msg.respond('heard');
      },
    });
    await muster.admin.nc.flush();
  });
  afterAll(() => muster[Symbol.asyncDispose]());

  describe.each(USERS)('$org in $mode', (user) => {
    let mesh: Mesh;
    beforeAll(async () => {
      mesh = await muster.connect(`${user.org}.${user.mode}`);
    });

    it('publishes what is its own, and nothing else reaches the hub', async () => {
      arrived.clear();
      const probes = [...owned, ...apiSubjects()];
      const refused = await publishAll(
        mesh.nc,
        probes.map(({ subject }) => subject),
      );
      expect(table(probes, ({ subject }) => !refused.has(subject))).toEqual(
        table(probes, (probe) => mayPublish(user, probe)),
      );
      const due = probes
        .filter((probe) => mayPublish(user, probe) && !probe.subject.startsWith('$JS'))
        .map(({ subject }) => subject)
        .sort();
      await eventually(() => due.every((subject) => arrived.has(subject)), { what: 'own messages arrive' });
      expect([...arrived].filter((subject) => !subject.startsWith('$JS')).sort()).toEqual(due);
    });

    it('listens on its own inbox, and nowhere else', async () => {
      const probes = [...owned, ...apiSubjects(), ...wildcards()];
      const refused = await subscribeAll(
        mesh.nc,
        probes.map(({ subject }) => subject),
      );
      expect(table(probes, ({ subject }) => !refused.has(subject))).toEqual(
        table(probes, (probe) => maySubscribe(user, probe)),
      );
    });

    it('gets an answer for what is its own, and for nothing else', async () => {
      // Nobody answers the later form of acknowledgements while the server makes the earlier one.
      const probes = [...owned, ...apiSubjects()].filter(({ family }) => family !== 'later-ack');
      const answers = new Map<string, Answer>();
      const request = async ({ subject, family }: Probe) =>
        answers.set(subject, await ask(mesh.nc, subject, family === 'next' ? '{"no_wait":true}' : '{}'));
      await Promise.all(probes.map(request));
      expect(table(probes, ({ subject }) => answers.get(subject) ?? 'none')).toEqual(
        table(probes, (probe) => answerDue(user, probe)),
      );
    });
  });

  it.each(['kent.actual', 'npocc.exercise', 'hub-broker', 'hub-auditor'])(
    'the name of the domain is no way round for %s',
    async (user) => {
      const mesh = await muster.connect(user);
      const deletions = ALL_STREAMS.map((stream) => `STREAM.DELETE.${stream}`);
      const refused = await publishAll(
        mesh.nc,
        deletions.map((deletion) => `$JS.HUB.API.${deletion}`),
      );
      // The server takes the domain off before it looks at the permissions.
      expect([...refused]).toEqual(deletions.map((deletion) => `$JS.API.${deletion}`));
      expect((await muster.admin.jsm.streams.list().next()).length).toBe(ALL_STREAMS.length);
    },
  );

  describe('services of the hub', () => {
    const allowedOf = async (user: string, subjects: readonly string[]) => {
      const mesh = await muster.connect(user);
      const refused = await publishAll(mesh.nc, subjects);
      return subjects.filter((subject) => !refused.has(subject));
    };
    const api = ALL_STREAMS.map(streamApi);
    const changing = api.flatMap((one) => one.changing);
    const reading = api.flatMap((one) => one.reading);
    const durables = MODES.map((mode) => `ASSISTANCE_${mode.toUpperCase()}.ADAPTER_kent`);
    const ofDurables = durables.flatMap((durable) => [
      `$JS.API.CONSUMER.CREATE.${durable}`,
      `$JS.API.CONSUMER.CREATE.${durable}.actual.request.kent.>`,
      `$JS.API.CONSUMER.DELETE.${durable}`,
      `$JS.API.CONSUMER.MSG.NEXT.${durable}`,
      `$JS.ACK.${durable}.1.1.1.1700000000000000000.0`,
    ]);
    const brokerPulls = MODES.map(
      (mode) => `$JS.API.CONSUMER.MSG.NEXT.HOME_${mode.toUpperCase()}.BROKER_HOME`,
    );
    const facts = MODES.flatMap((mode) => ({
      broker: [
        `${mode}.request.kent.R9.issued._`,
        `${mode}.booking.kent.c9`,
        `${mode}.deployment.kent.D9.opened.surrey`,
        `${mode}.claim.kent.C9.made.surrey`,
        `${mode}.policy.kent.delegations.delegation-granted._`,
        `${mode}.timer.request.kent.R9.end`,
      ],
      forces: [`${mode}.capability.kent.c9`, `${mode}.home.kent.c9`, `cmd.${mode}.kent.request-create`],
    }));
    const brokerFacts = facts.flatMap(({ broker }) => broker);
    const forceFacts = facts.flatMap(({ forces }) => forces);
    const commands = forceFacts.filter((subject) => subject.startsWith('cmd.'));
    const readingAlerts = reading.filter((subject) => !/TIMERS|DEADLETTER/.test(subject));
    const readingFacts = readingAlerts.filter((subject) => !subject.includes('ALERTS'));
    const decisions = MODES.map((mode) => `decide.${mode}.kent.home`);
    const marks = MODES.map((mode) => `${mode}.mark.kent.k9`);
    const readingMarks = MODES.map(
      (mode) => `$JS.API.DIRECT.GET.ALERTS_${mode.toUpperCase()}.${mode}.mark.kent.k9`,
    );
    const alerts = MODES.flatMap((mode) => [`${mode}.alert.kent.a9`, `${mode}.page.kent.a9.0-email`]);

    it.each([
      ['hub-broker', [...reading, ...readingMarks, ...brokerPulls, ...brokerFacts]],
      ['hub-registry', [...reading, ...readingMarks]],
      [
        'hub-gateway',
        [...readingFacts, ...commands, ...decisions, ...marks, ...readingMarks, EXERCISE_RESET_SUBJECT],
      ],
      ['hub-alerter', [...readingAlerts, ...readingMarks, ...alerts]],
      ['hub-auditor', [...reading, ...readingMarks]],
    ])('%s reads and writes what it is for, and changes no stream', async (user, may) => {
      const all = [
        ...[...reading, ...changing, ...ofDurables, ...brokerPulls],
        ...[...brokerFacts, ...forceFacts, ...alerts, ...decisions, ...marks, ...readingMarks],
        EXERCISE_RESET_SUBJECT,
      ];
      expect(await allowedOf(user, all)).toEqual(all.filter((subject) => may.includes(subject)));
    });

    it.each([
      ['hub-broker', true],
      ['hub-registry', true],
      ['hub-gateway', false],
      ['hub-alerter', true],
      ['hub-auditor', false],
    ])('%s answers only if it serves: %s', async (user, serves) => {
      expect(await allowedOf(user, ['_R_.x', '_INBOX.x'])).toEqual(serves ? ['_R_.x', '_INBOX.x'] : []);
    });
  });
});
