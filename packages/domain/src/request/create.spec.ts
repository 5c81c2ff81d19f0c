import { describe, expect, test } from 'vitest';
import { at, createBody, line } from '../testing/samples.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { answersOf } from './lines.ts';

const create = (scene: Scene, over: Parameters<typeof createBody>[0] = {}, host = 'kent') =>
  scene.refusalOf({ name: 'request-create', org: host, body: createBody(over) });

const notices = (scene: Scene) =>
  scene.stored.flatMap(({ event }) => (event.type === 'muster.request.notice.v1' ? [event.data] : []));

test('every force asked gets its own notice and none sees the list', () => {
  const scene = startScene();
  scene.ask();
  expect(notices(scene).map(({ force }) => force)).toEqual(['sussex', 'surrey']);
  expect(JSON.stringify(notices(scene)[0])).not.toContain('surrey');
});

test('an asked force waits until it answers', () => {
  const scene = startScene();
  scene.ask();
  expect(answersOf(scene.request())).toEqual([
    { force: 'sussex', lineId: 'l1', answer: 'waiting' },
    { force: 'surrey', lineId: 'l1', answer: 'waiting' },
  ]);
});

test('a request to forces of the own region is of tier 2, any other of tier 3', () => {
  const scene = startScene();
  scene.ask({ commandId: 'near', recipients: { kind: 'forces', forces: ['essex'] } });
  scene.ask({ commandId: 'far', recipients: { kind: 'forces', forces: ['sussex', 'durham'] } });
  expect(scene.request('near').tier).toBe(2);
  expect(scene.request('far').tier).toBe(3);
});

test('home forces get 30 minutes to confirm unless the host says otherwise', () => {
  const scene = startScene();
  scene.ask({ commandId: 'plain' });
  scene.ask({ commandId: 'quick', confirmWithinMinutes: 5 });
  expect(scene.request('plain').confirmWithinMinutes).toBe(30);
  expect(scene.request('quick').confirmWithinMinutes).toBe(5);
});

test('the nearest forces that advertise what a line needs are asked, for that line only', () => {
  const scene = startScene();
  scene.advertise({ force: 'sussex', capabilityId: 'a' });
  scene.advertise({ force: 'essex', capabilityId: 'b', base: { name: 'Chelmsford', lat: 51.73, lon: 0.47 } });
  scene.advertise({ force: 'durham', capabilityId: 'c', base: { name: 'Durham', lat: 54.8, lon: -1.58 } });
  scene.advertise({ force: 'durham', capabilityId: 'd', code: 'CY.FCCU', accreditations: [] });
  const lines = [line(), line({ lineId: 'l2', capabilityCode: 'CY.FCCU', accreditations: [] })];
  scene.ask({ lines, recipients: { kind: 'nearest', count: 2 } });
  expect(scene.request().recipients).toEqual([
    { force: 'essex', lineIds: ['l1'] },
    { force: 'sussex', lineIds: ['l1'] },
    { force: 'durham', lineIds: ['l2'] },
  ]);
  expect(notices(scene).find(({ force }) => force === 'durham')?.notice).toMatchObject({
    lines: [{ lineId: 'l2' }],
  });
});

describe('a request is refused', () => {
  test('when its id stands for a request already', () => {
    const scene = startScene();
    scene.ask();
    expect(create(scene)).toBe('command-id-reused');
  });

  test('when another host uses the id it is another request', () => {
    const scene = startScene();
    scene.ask();
    expect(create(scene, {}, 'essex')).toBeUndefined();
  });

  test('when the answer time has passed, naming the field', () => {
    const decision = startScene().attempt({
      name: 'request-create',
      org: 'kent',
      body: createBody({ answerBy: at(0) }),
    });
    expect(decision).toMatchObject({ refused: 'bad-time', fields: [{ path: 'answerBy' }] });
  });

  test('when the answer time lies after the last line', () => {
    expect(create(startScene(), { answerBy: at(17) })).toBe('bad-time');
  });

  test('when a line is over', () => {
    const lines = [line(), line({ lineId: 'l2', from: at(-9), to: at(-1) })];
    const decision = startScene().attempt({
      name: 'request-create',
      org: 'kent',
      body: createBody({ lines }),
    });
    expect(decision).toMatchObject({ refused: 'bad-time', fields: [{ path: 'lines[1].to' }] });
  });

  test('when the host asks itself', () => {
    expect(create(startScene(), { recipients: { kind: 'forces', forces: ['sussex', 'kent'] } })).toBe(
      'invalid',
    );
  });

  test('when no other force advertises what a line needs', () => {
    const scene = startScene();
    scene.advertise({ force: 'kent' });
    expect(create(scene, { recipients: { kind: 'nearest', count: 3 } })).toBe('not-found');
  });
});
