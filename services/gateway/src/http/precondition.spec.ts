import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoPeople } from '../demo/people.ts';
import { type Bare, bareGateway } from '../testing/bare.ts';

let bare: Bare;
beforeAll(async () => {
  bare = await bareGateway();
});
afterAll(() => bare?.close());

const send = async (person: string, name: string, payload: object) => {
  const [one] = demoPeople(['kent']).filter(({ id }) => id === person);
  if (!one) throw new Error(`there is no ${person}`);
  const headers = { ...bare.headersOf(one), 'idempotency-key': 'k-1', 'if-match': '"seen"' };
  const answer = await bare.app.inject({ method: 'POST', url: `/v1/exercise/${name}`, headers, payload });
  return { status: answer.statusCode, ...(answer.json() as { code: string; detail: string }) };
};

it('says that nothing is known while nothing can be asked, and not that it has changed', async () => {
  const cancel = { requestId: 'r-1', reasonCode: 'resolved', reason: 'over' };
  expect(await send('kent-requester', 'commands/request-cancel', cancel)).toMatchObject({
    ...{ status: 503, code: 'unavailable', detail: expect.stringContaining('send the same again') },
  });
});

it.each([
  ['kent-donor-desk', 'commands/home-decide', { capabilityId: 'c', bookingId: 'b', decision: 'confirm' }],
  ['kent-requester', 'desks/take', { from: 'a', desk: 'b', note: 'all' }],
])(
  'of %s, %s has nothing to hold If-Match against, and passes it over in silence for nobody',
  async (person, name, body) => {
    const before = bare.reached();
    expect(await send(person, name, body)).toMatchObject({
      ...{ status: 412, code: 'changed', detail: expect.stringContaining('leave out If-Match') },
    });
    expect(bare.reached()).toBe(before);
  },
);
