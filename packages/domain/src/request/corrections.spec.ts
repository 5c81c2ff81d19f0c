import { CORRECTIONS, type Command, type CorrectionName } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { requestViewFor } from '../access/requestView.ts';
import { commandBy, national } from '../testing/asked.ts';
import { accept, cancel, offered, takeBack, withdraw } from '../testing/offered.ts';
import { approve, donorDesk, prepare, refuseIt, ruled } from '../testing/prepared.ts';
import { line } from '../testing/samples.ts';
import { type Scene, typesOf } from '../testing/scene.ts';

const units = { donor: 'sussex', deploymentId: 'o1' };
const reason = 'It was a mistake';

const committed = (): Scene => offered('committed');
const onTask = (): Scene => {
  const scene = committed();
  for (const status of ['MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'] as const)
    scene.send('deployment-status', 'sussex', { commandId: status, ...units, status, at: scene.now() });
  return scene;
};
const prepared =
  (then: (scene: Scene) => unknown = () => undefined) =>
  (): Scene => {
    const scene = ruled();
    prepare(scene);
    then(scene);
    return scene;
  };
const cancelled = (): Scene => offered('closed');

type Way = {
  /** Where it may still be reversed, and where not any more. */
  before: () => Scene;
  after: () => Scene;
  /** One command for everyone who may. */
  by: ((scene: Scene) => Command)[];
  /** One for those who may not. */
  notBy: ((scene: Scene) => Command)[];
};

const amend = (org: string) => (scene: Scene) =>
  commandBy(scene, org, 'request-amend', {
    ...{ requestId: 'r1', lines: [line({ quantity: 3 })], reason },
    corrects: { eventId: 'kent.r1.1', kind: 'mistyped-quantity' },
  });
const unmeant = { requestId: 'r1', reasonCode: 'raised-in-error' as const, reason };
const abort = (org: string) => (scene: Scene) =>
  commandBy(scene, org, 'deployment-abort', { ...units, reasonCode: 'made-in-error', reason });
const forfeit = (org: string) => (scene: Scene) =>
  commandBy(scene, org, 'deployment-forfeit', {
    ...{ ...units, reasonCode: 'other', reason, replacementOffered: false },
  });
const unask = (org: string) => (scene: Scene) =>
  commandBy(scene, org, 'ask-withdraw', { requestId: 'r1', force: 'sussex', reason });
const inError = { reasonCode: 'entered-in-error' as const, reason };

/** Every row of the table, played. */
const PLAYED: Record<CorrectionName, Way> = {
  'request-mistyped': { before: offered, after: cancelled, by: [amend('kent')], notBy: [amend('sussex')] },
  'request-unmeant': {
    before: offered,
    after: cancelled,
    by: [
      (scene) => commandBy(scene, 'kent', 'request-cancel', unmeant),
      (scene) => commandBy(scene, 'npocc', 'request-cancel', { ...unmeant, host: 'kent', actor: national }),
    ],
    notBy: [(scene) => commandBy(scene, 'sussex', 'request-cancel', { ...unmeant, host: 'kent' })],
  },
  'wrong-force-asked': {
    before: offered,
    after: () => offered('accepted'),
    by: [unask('kent')],
    notBy: [unask('durham')],
  },
  'offer-misprepared': {
    before: prepared(),
    after: prepared((scene) => scene.run(approve())),
    by: [() => refuseIt({ actor: donorDesk }), () => refuseIt()],
    notBy: [() => refuseIt({}, 'kent')],
  },
  'offer-mistyped': {
    before: offered,
    after: () => offered('accepted'),
    by: [(scene) => withdraw(scene, inError)],
    notBy: [(scene) => withdraw(scene, inError, 'kent')],
  },
  'wrong-acceptance': {
    before: () => offered('accepted'),
    after: committed,
    by: [(scene) => takeBack(scene)],
    notBy: [(scene) => takeBack(scene, 'sussex'), (scene) => takeBack(scene, 'npocc')],
  },
  'wrong-commitment-of-host': {
    before: committed,
    after: onTask,
    by: [abort('kent')],
    notBy: [abort('sussex'), abort('npocc')],
  },
  'wrong-commitment-of-donor': {
    before: committed,
    after: onTask,
    by: [forfeit('sussex')],
    notBy: [forfeit('kent')],
  },
};

describe.each(Object.entries(PLAYED))('%s', (name, { before, after, by, notBy }) => {
  const row = CORRECTIONS[name as CorrectionName];

  test(`is reversed by ${row.by.join(' or ')} with ${row.event}, and what was wrong stays on record`, () => {
    for (const command of by) {
      const scene = before();
      const stored = scene.stored.length;
      const events = scene.run(command(scene));
      expect(command(scene).name).toBe(row.command);
      expect(events.map(({ type }) => type)).toContain(row.event);
      expect(scene.stored.slice(0, stored).some(({ event }) => event.type === row.record)).toBe(true);
    }
  });

  test('is not reversed by anybody else', () => {
    for (const command of notBy) {
      const scene = before();
      expect(['not-found', 'not-permitted']).toContain(scene.refusalOf(command(scene)));
    }
  });

  test(`is refused with ${row.refused} from then on`, () => {
    for (const command of by) {
      const scene = after();
      expect(scene.refusalOf(command(scene))).toBe(row.refused);
    }
  });
});

describe('an acceptance that is taken back', () => {
  test('opens the line, keeps the unit until home has answered, and says by whom and why', () => {
    const scene = offered('accepted');
    const events = scene.run(takeBack(scene));
    expect(events[0]).toMatchObject({
      type: 'muster.offer.lapsed.v1',
      data: { reasonCode: 'accepted-in-error', by: 'duty-desk', reason: 'Another team was meant' },
    });
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('lapsing');
    expect(scene.refusalOf(takeBack(scene))).toBe('wrong-status');
  });

  test('is not used when home confirms it all the same, though the line is short', () => {
    const scene = offered('accepted');
    const confirmed = scene
      .unseen('sussex', 'psu-1')
      .flatMap(({ data: event }) => scene.atHome('sussex', 'psu-1', { kind: 'hub', event }));
    scene.run(takeBack(scene));
    const told = scene.tellHub(confirmed);
    expect(told[0]).toMatchObject({ type: 'muster.commitment.made.v1', data: { outcome: 'released' } });
    expect(typesOf(told)).toContain('resource.released');
  });

  test('is not taken back where the national centre has directed it', () => {
    const scene = offered();
    scene.run(
      commandBy(scene, 'npocc', 'direction-record', {
        ...{ host: 'kent', requestId: 'r1', lineId: 'l1', donor: 'surrey', capabilityId: 'psu-1' },
        ...{ quantity: 1, instrument: 'PA96-S24-2', signedBy: 'gold', scope: 'One night' },
        ...{ reason: 'Needed', actor: national },
      }),
    );
    const directed = commandBy(scene, 'kent', 'acceptance-withdraw', {
      ...{ requestId: 'r1', offerId: 'direction-record-1', reason },
    });
    expect(scene.refusalOf(directed)).toBe('not-permitted');
  });
});

describe('the record shows what corrects what', () => {
  const seenBy = (scene: Scene, org: string) =>
    requestViewFor(scene.ledger, scene.request(), org).corrections?.map(({ event, of }) => [event, of]);

  test('to the host all of it, to a donor what concerns it', () => {
    const scene = offered();
    scene.run(amend('kent')(scene));
    scene.run(withdraw(scene, inError));
    scene.offer('o2', { corrects: 'o1' });
    const ofOffers = [
      ['muster.offer.withdrawn.v1', 'o1'],
      ['muster.offer.made.v1', 'o1'],
    ];
    expect(seenBy(scene, 'kent')).toEqual([['muster.request.amended.v1', 'kent.r1.1'], ...ofOffers]);
    expect(seenBy(scene, 'sussex')).toEqual(ofOffers);
    expect(seenBy(scene, 'surrey')).toBeUndefined();
    const { offers } = requestViewFor(scene.ledger, scene.request(), 'kent');
    expect(offers).toMatchObject([
      { offerId: 'o1', reasonCode: 'entered-in-error', correctedBy: 'o2' },
      { offerId: 'o2', corrects: 'o1' },
    ]);
  });

  test('and not what was no correction', () => {
    const scene = offered();
    scene.run(accept(scene));
    scene.run(cancel(scene));
    expect(seenBy(scene, 'kent')).toBeUndefined();
  });
});
