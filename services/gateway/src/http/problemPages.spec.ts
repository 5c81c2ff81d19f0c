import { REFUSAL_CODES } from '@muster/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bare, bareGateway } from '../testing/bare.ts';
import { MEANINGS } from './meanings.ts';
import { detailsOf, GATEWAY_CODES, Problem, type ProblemCode, statusOf } from './problems.ts';

let bare: Bare;
beforeAll(async () => {
  bare = await bareGateway();
});
afterAll(() => bare?.close());

it('the type of every problem leads to a page that says what it means and what to do', async () => {
  const codes: ProblemCode[] = [...REFUSAL_CODES, ...(Object.keys(GATEWAY_CODES) as ProblemCode[])];
  const all = (await bare.app.inject('/problems')).body;
  for (const code of codes) {
    const { type } = detailsOf(new Problem(code, 'x'));
    const { statusCode, headers, body } = await bare.app.inject(type);
    expect([code, statusCode, headers['content-type']]).toEqual([code, 200, 'text/html; charset=utf-8']);
    const { means, remedy } = MEANINGS[code];
    const first = [means, remedy].map((text) => text.split(/[<`&]/)[0] ?? '');
    for (const word of [`${code} (${statusOf(code)})`, ...first]) {
      expect([code, body.includes(word), all.includes(word)]).toEqual([code, true, true]);
    }
  }
  expect(codes.length).toBe(Object.keys(MEANINGS).length);
});

it('of what is no code there is none, whatever it holds', async () => {
  for (const wrong of ['constructor', '__proto__', '%3Cscript%3E', 'invalid.']) {
    const { statusCode, body } = await bare.app.inject(`/problems/${wrong}`);
    expect([wrong, statusCode]).toEqual([wrong, 404]);
    expect(body).not.toContain('script>');
  }
});
