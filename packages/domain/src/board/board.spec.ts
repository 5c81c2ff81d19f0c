import type { Board } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { deployed, ofDeployment, reach, recall } from '../testing/deployed.ts';
import { given } from '../testing/lending.ts';
import { at, createBody, line } from '../testing/samples.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { type BoardPart, boardOf } from './board.ts';

const boardAt = (scene: Scene, org: string, part: Partial<BoardPart> = {}): Board =>
  boardOf(org, { ledger: scene.ledger, dues: () => [], lastSeq: 7 }, { limit: 50, ...part }, scene.now());

const told = (board: Board): string[] =>
  board.actions.map(
    ({ kind, waitsFor, isMine, isLate }) =>
      `${kind} ${waitsFor.join('+')}${isMine ? ' mine' : ''}${isLate ? ' late' : ''}`,
  );

describe('the board of a host', () => {
  test('counts units and forces on each line, every force in one place', () => {
    const scene = given();
    scene.send('offer-decline', 'surrey', {
      commandId: 'no',
      host: 'kent',
      requestId: 'r1',
      lineIds: ['l1'],
      reasonCode: 'own-demand',
    });
    const { requests, totals, lastSeq } = boardAt(scene, 'kent');
    expect(requests[0]?.lines[0]).toMatchObject({
      ...{ wanted: 2, committed: 0, reserved: 0, offered: 1, unfilled: 2, missing: 1 },
      ...{ asked: 3, waiting: 1, offering: 1, declined: 1, silent: 0, isLate: false },
    });
    expect(totals).toMatchObject({ requests: 1, linesShort: 1, unitsMissing: 1, mine: 1, others: 1 });
    expect(lastSeq).toBe(7);
  });

  test('says who is to answer and which offers wait to be chosen, its own part first', () => {
    expect(told(boardAt(given(), 'kent'))).toEqual(['choose-offers kent mine', 'answer surrey+essex']);
  });

  test('says which donor has to confirm the condition of its offer, until the line has its units', () => {
    const scene = given();
    scene.offer('o2', { condition: 'the match ends', validUntil: at(1) }, 'surrey');
    const waits = boardAt(scene, 'surrey').actions.find(({ kind }) => kind === 'meet-condition');
    expect(waits).toMatchObject({
      isMine: true,
      offerId: 'o2',
      by: at(1),
      about: '1 of surrey psu-1 if: the match ends',
    });
    scene.send('offer-condition-met', 'surrey', {
      commandId: 'met',
      ...{ host: 'kent', requestId: 'r1', offerId: 'o2', note: 'It has ended' },
    });
    expect(told(boardAt(scene, 'surrey')).join()).not.toContain('meet-condition');
  });

  test('says which home force has to confirm, and is late once its time has passed', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    expect(told(boardAt(scene, 'kent'))).toContain('confirm sussex');
    scene.setNow(at(1));
    expect(told(boardAt(scene, 'kent'))).toContain('confirm sussex late');
  });

  test('shows units taken until home has answered, after the line went on without them', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    scene.setNow(at(1));
    scene.internal({ name: 'confirm-due', host: 'kent', requestId: 'r1', offerId: 'o1' });
    expect(told(boardAt(scene, 'kent'))).toContain('answer-lapse sussex late');
    scene.settle('sussex', 'psu-1');
    expect(told(boardAt(scene, 'kent')).filter((each) => each.startsWith('answer-lapse'))).toEqual([]);
  });

  test('says that nobody is asked further when all have answered or are silent', () => {
    const scene = startScene();
    scene.ask();
    scene.setNow(at(2));
    scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
    const board = boardAt(scene, 'kent');
    expect(told(board)).toEqual(['ask-further kent mine']);
    expect(board.requests[0]?.lines[0]).toMatchObject({ silent: 2, missing: 2 });
    expect(board.actions[0]?.by).toBe(line().from);
  });

  test('marks a line late once its window has begun, and units that arrive after that', () => {
    const scene = given();
    scene.offer('o2', { estimatedArrival: at(5) }, 'surrey');
    scene.accept(['o2', 1]);
    expect(boardAt(scene, 'kent').requests[0]?.lines[0]).toMatchObject({
      lateArrivals: { quantity: 1, last: at(5) },
      isLate: false,
    });
    scene.setNow(at(4));
    expect(boardAt(scene, 'kent').totals.linesLate).toBe(1);
  });

  test('puts what is late before what is short, counts all and leaves out what is beyond the limit', () => {
    const scene = startScene();
    scene.ask();
    const later = line({ from: at(20), to: at(30) });
    scene.ask(createBody({ commandId: 'r2', lines: [later], answerBy: at(1) }));
    scene.setNow(at(4));
    for (const requestId of ['r1', 'r2']) {
      scene.internal({ name: 'answer-time-due', host: 'kent', requestId });
    }
    const board = boardAt(scene, 'kent', { limit: 1 });
    expect(board.requests.map(({ requestId }) => requestId)).toEqual(['r1']);
    expect(board.totals.requests).toBe(2);
    expect(board.leftOut).toEqual({ actions: 1, requests: 1, late: 0 });
  });

  test('goes on after the requests of the pages before, and finds by words of force, reason, code and capability', () => {
    const scene = startScene();
    for (const [n, reason] of ['a football match', 'a flood', 'Flood again'].entries()) {
      const { terms } = createBody();
      const request = { commandId: `r${n}`, terms: { ...terms, specialDemandReason: reason } };
      scene.ask(createBody({ ...request, answerBy: at(n + 1) }));
    }
    const shown = (part: Partial<BoardPart>): [string[], number | undefined, number] => {
      const { requests, found, leftOut } = boardAt(scene, 'kent', part);
      return [requests.map(({ requestId }) => requestId), found, leftOut.requests];
    };
    expect(shown({ limit: 1, skip: 1 })).toEqual([['r1'], 3, 1]);
    expect(shown({ skip: 3 })).toEqual([[], 3, 0]);
    expect(shown({ find: ' FLOOD kent police ' })).toEqual([['r1', 'r2'], 2, 0]);
    expect(shown({ find: 'flood', limit: 1, skip: 1 })).toEqual([['r2'], 2, 0]);
    expect(shown({ find: 'flood earthquake' })).toEqual([[], 0, 0]);
    expect(boardAt(scene, 'kent', { find: 'earthquake' }).totals.requests).toBe(3);
  });

  test('forgets a request that has ended', () => {
    const scene = given();
    scene.send('request-cancel', 'kent', {
      commandId: 'x',
      requestId: 'r1',
      reasonCode: 'resolved',
      reason: 'Over',
    });
    expect(boardAt(scene, 'kent')).toMatchObject({ requests: [], actions: [] });
  });
});

describe('approval and escalation', () => {
  test('wait for the host in a draft, before approval, and after approval by word of mouth', () => {
    const { commandId: _, ...content } = createBody();
    const scene = startScene();
    scene.send('request-draft', 'kent', { commandId: 'd1', ...content });
    expect(told(boardAt(scene, 'kent'))).toEqual(['submit kent mine']);
    expect(boardAt(scene, 'npocc').requests).toEqual([]);
    scene.send('request-submit', 'kent', {
      commandId: 's1',
      requestId: 'd1',
      approvalRoute: { kind: 'person' },
    });
    expect(told(boardAt(scene, 'kent'))).toEqual(['approve kent mine']);
    expect(told(boardAt(scene, 'npocc'))).toEqual(['approve kent']);
  });

  test('wait for the region or the national centre, then for a person who sees that nobody is left', () => {
    const scene = startScene();
    scene.ask({ escalation: 'automatic', recipients: { kind: 'forces', forces: ['essex'] } });
    scene.setNow(at(2));
    scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
    expect(told(boardAt(scene, 'ricc-eastern'))).toEqual(['accept-escalation npocc+ricc-eastern mine']);
    scene.send('escalation-accept', 'npocc', { commandId: 'a1', host: 'kent', requestId: 'r1' });
    const board = boardAt(scene, 'kent');
    expect(told(board)).toEqual(['acknowledge-unfilled kent+npocc+ricc-eastern mine']);
    expect(board.requests[0]?.lines[0]?.exhausted).toMatchObject({ isAcknowledged: false });
    scene.send('unfilled-acknowledge', 'npocc', {
      commandId: 'k1',
      host: 'kent',
      requestId: 'r1',
      lineId: 'l1',
      note: 'Seen',
    });
    expect(told(boardAt(scene, 'kent'))).toEqual([]);
  });
});

describe('the board of an asked force', () => {
  test('shows its own answers and offers only, and what it has to do', () => {
    const scene = given();
    const surrey = boardAt(scene, 'surrey');
    expect(told(surrey)).toEqual(['answer surrey mine']);
    expect(surrey.requests[0]).toMatchObject({ isWhole: false, deadlines: [] });
    expect(surrey.requests[0]?.lines[0]).toMatchObject({ offered: 0, unfilled: 2, asked: 1, waiting: 1 });
    expect(boardAt(scene, 'dorset').requests).toEqual([]);
  });

  test('shows a centre what the forces of its region are asked', () => {
    expect(told(boardAt(given(), 'ricc-south-east'))).toEqual(['answer surrey']);
  });
});

describe('units', () => {
  const lateOf = (scene: Scene, now: string) => {
    scene.setNow(now);
    return boardAt(scene, 'kent').late.map(({ kind, due }) => [kind, due]);
  };

  test('are late when they have not come to the rendezvous as their line begins', () => {
    expect(lateOf(reach('EN_ROUTE'), at(3))).toEqual([]);
    expect(lateOf(reach('EN_ROUTE'), at(4))).toEqual([['not-arrived', at(4)]]);
    expect(lateOf(reach('STAGED'), at(4))).toEqual([]);
  });

  test('are late past the end of their window, at work or on their way home', () => {
    expect(lateOf(reach('ON_TASK'), at(16))).toEqual([['not-released', at(16)]]);
    expect(lateOf(reach('RELEASED'), at(16))).toEqual([['not-returned', at(16)]]);
    expect(lateOf(reach('RETURNED'), at(17))).toEqual([]);
  });

  test('wait for the host to let them go, then for the donor to report them home and to debrief', () => {
    const scene = reach('ON_TASK');
    scene.setNow(at(16));
    expect(told(boardAt(scene, 'kent'))).toContain('release kent mine late');
    expect(told(boardAt(reach('RELEASED'), 'sussex'))).toContain('report-return sussex mine');
    expect(told(boardAt(reach('RETURNED'), 'sussex'))).toContain('debrief sussex mine');
  });

  test('that are recalled wait for the host, and for the national centre once the recall was raised', () => {
    const scene = deployed();
    scene.run(recall(scene, at(1)));
    expect(told(boardAt(scene, 'kent'))).toContain('answer-recall kent mine');
    expect(lateOf(scene, at(1))).toEqual([['wanted-back', at(1)]]);
    scene.internal({ name: 'recall-due', ...ofDeployment });
    expect(told(boardAt(scene, 'npocc'))).toContain('settle-recall npocc mine late');
  });

  test('wait for both sides to settle it when their force has less than is booked', () => {
    const scene = deployed();
    expect(told(boardAt(scene, 'kent')).join()).not.toContain('settle-shortfall');
    scene.advertise({ revision: 2, quantity: 1 });
    scene.internal({ name: 'check-shortfall', donor: 'sussex', capabilityId: 'psu-1' });
    expect(told(boardAt(scene, 'kent'))).toContain('settle-shortfall sussex+kent mine');
    scene.advertise({ revision: 3, quantity: 3 });
    expect(told(boardAt(scene, 'kent')).join()).not.toContain('settle-shortfall');
  });

  test('wait for the side that has not proposed to confirm who controls them', () => {
    const scene = reach('ON_TASK');
    scene.send('control-propose', 'sussex', { commandId: 'p', ...ofDeployment, to: 'host', at: scene.now() });
    expect(told(boardAt(scene, 'kent'))).toContain('confirm-control kent mine');
  });
});
