import { eventually } from '@muster/testkit';
import { describe, expect, it } from 'vitest';
import { converse, DEADLINE_MS, idIn, lineOf, OFFER } from './testing/conversation.ts';

const { run, stored, asked, offered } = converse(['kent', 'essex']);

describe('an offer that nobody has accepted', () => {
  it('under a condition waits for its donor on the board, and is accepted once that has confirmed', async () => {
    const request = await asked();
    const offer = await offered(request, '--condition', 'the match has ended', '--valid-until', '+90m');
    expect(await stored('request', 'show', request, '--as', 'kent')).toContain('if the match has ended');
    expect(await stored('board', '--as', 'essex')).toContain('offer condition-met');
    const early = await run('offer', 'accept', request, offer, '--as', 'kent');
    expect(early).toMatchObject({ exit: 3 });
    expect(early.err).toContain('provisional');
    const met = ['--as', 'essex', '--note', 'the ground is empty'];
    expect(await stored('offer', 'condition-met', request, offer, ...met)).toContain('may accept it now');
    await stored('offer', 'accept', request, offer, '--as', 'kent');
    const because = ['--reason', 'own-demand', '--because', 'too late'];
    expect(await run('offer', 'withdraw', request, offer, '--as', 'essex', ...because)).toMatchObject({
      exit: 3,
    });
  });

  it('is withdrawn as entered in error, made anew in its place, and turned down by the host', async () => {
    const request = await asked();
    const wrong = await offered(request);
    const why = ['--because', 'another team was meant'];
    const unknown = await run(
      'offer',
      'withdraw',
      request,
      wrong,
      '--as',
      'essex',
      '--reason',
      'typo',
      ...why,
    );
    expect(unknown).toMatchObject({ exit: 2 });
    const back = ['--as', 'essex', '--reason', 'entered-in-error', ...why];
    expect(await stored('offer', 'withdraw', request, wrong, ...back)).toContain(`--corrects ${wrong}`);
    const right = await offered(request, '--corrects', wrong);
    expect(await stored('request', 'show', request, '--as', 'kent')).toContain(`corrects ${wrong}`);
    const no = ['--as', 'kent', '--reason', 'a nearer team is free'];
    expect(await stored('offer', 'not-select', request, right, ...no)).toContain('do not take its offer');
    expect(await stored('request', 'show', request, '--as', 'essex')).toContain('not-selected');
  });
});

it('taken with the minimum sufficing, what can be had is reserved, and host and board are told what was left out', async () => {
  const request = await asked([], 'essex', `${lineOf({ quantity: 3 })},minimum=1`);
  const gone = await offered(request);
  const back = ['--as', 'essex', '--reason', 'own-demand', '--because', 'disorder at home'];
  await stored('offer', 'withdraw', request, gone, ...back);
  const stays = await offered(request);
  const accept = ['offer', 'accept', request, `${gone}=1`, stays, '--as', 'kent'];
  expect((await run(...accept)).err).toContain('withdrawn');
  const taken = await stored(...accept, '--or-minimum');
  expect(taken).toContain('1 reserved; each donor force now confirms');
  expect(taken).toMatch(/Left out: 1 of essex for line-1, .*withdrawn/);
  expect(await stored('request', 'show', request, '--as', 'kent')).toContain('0 of 1 taken could be had');
  expect(await stored('board', '--as', 'kent')).toContain('1 taken and left out');
});

it('the cost of an offer is agreed with it, within what the request may cost', async () => {
  const request = await asked(['--cost-limit-pence', '100000']);
  const regime = ['--cost-category', 'SPECIALIST_STAFF'];
  const offer = await offered(request, '--cost-pence', '150000', ...regime);
  const accept = ['offer', 'accept', request, offer, '--as', 'kent'];
  expect((await run(...accept)).err).toContain('SPECIALIST_STAFF');
  expect((await run(...accept, ...regime)).err).toContain('100000 are approved');
  const more = ['--cost-limit-pence', '200000', '--reason', 'specialists cost more'];
  await stored('request', 'amend', request, '--as', 'kent', ...more);
  await stored(...accept, ...regime, '--funding-ref', 'KT-118');
  const shown = await stored('request', 'show', request, '--as', 'kent');
  expect(shown).toContain('£1500.00 of at most £2000.00');
  expect(shown).toContain('£1500.00 agreed (estimate of the donor force, SPECIALIST_STAFF)');
  expect(await stored('request', 'show', request, '--as', 'essex')).not.toContain('at most');
});

it('an offer that nobody asked for names the request in full, shows as unsolicited, and is lent like any other', async () => {
  const request = await asked([], 'durham');
  const make = ['offer', 'make', request, '--as', 'essex', ...OFFER];
  expect((await run(...make)).err).toContain('There is no request');
  const unsolicited = [...make, '--unsolicited'];
  expect(await run(...unsolicited)).toMatchObject({ exit: 2 });
  const guessed = ['offer', 'make', 'r1', '--as', 'essex', ...OFFER, '--unsolicited', '--host', 'kent'];
  expect((await run(...guessed)).err).toContain('ask whoever told you of it');
  const made = await stored(...unsolicited, '--host', 'kent');
  expect(made).toContain('kent has your unsolicited offer of 1');
  const offer = idIn(made, 'offer');
  expect(await stored('request', 'show', request, '--as', 'kent')).toContain('unsolicited');
  expect(await stored('board', '--as', 'kent')).toContain('1 to answer; 1 unsolicited');
  await stored('offer', 'accept', request, offer, '--as', 'kent');
  await eventually(
    async () => (await stored('request', 'show', request, '--as', 'essex')).includes('committed'),
    { deadlineMs: DEADLINE_MS, what: 'the home of essex has confirmed' },
  );
});

const WHY = ['information', 'threat-and-risk', 'powers-and-policy', 'options', 'action-and-review'].flatMap(
  (element) => [`--${element}`, 'as known'],
);

// Last: from then on essex leaves no offer to its policy.
it('an offer above the rule of its force goes out once another post has approved it', async () => {
  const office = ['--as', 'essex', '--desk', 'register'];
  const scope = ['--codes', 'CY', '--units', '5', '--from', 'now', '--to', '+2d', '--reason', 'scheme'];
  await stored('delegation', 'grant', ...office, '--post', 'essex-acc', '--role', 'donor-approver', ...scope);
  const rules = ['--requests', 'never', '--offers', '0', '--reason', 'scheme'];
  await stored('delegation', 'rules', ...office, ...rules);
  const request = await asked();
  const offer = await offered(request);
  expect(await stored('request', 'show', request, '--as', 'essex')).toContain('waits for another post');
  expect(await stored('board', '--as', 'essex')).toMatch(`offer approve ${request.slice(0, 8)} ${offer}`);
  expect(await stored('request', 'show', request, '--as', 'kent')).toContain('No offers yet');
  const chief = ['--as', 'essex', '--desk', 'essex-acc', ...WHY];
  const no = ['--reason', 'one stays', '--decline', 'own-demand'];
  expect((await run('offer', 'approve', request, offer, '--as', 'essex', ...WHY)).exit).toBe(3);
  expect(await stored('offer', 'approve', request, offer, ...chief)).toContain('kent has your offer');
  expect(await stored('request', 'show', request, '--as', 'kent')).toContain('made');
  const second = await asked();
  const refused = await offered(second);
  expect(await stored('offer', 'refuse', second, refused, ...chief, ...no)).toContain('you offer nothing');
  expect(await stored('request', 'show', second, '--as', 'kent')).toContain('own-demand');
});
