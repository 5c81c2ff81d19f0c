import { describe, expect, it } from 'vitest';
import type { BodySchema } from '../../api/schemas.ts';
import { bodyOf } from './body.ts';
import { fieldsOf, isAskable, kindOf } from './kinds.ts';
import { rowsOf, withoutRow, withRow } from './rows.ts';
import { startOf } from './start.ts';

const INSTANT: BodySchema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
};
const TEXT: BodySchema = { type: 'string', maxLength: 1_000 };
const NAME: BodySchema = { type: 'string', maxLength: 120 };

const offer: BodySchema = {
  type: 'object',
  properties: {
    classification: { type: 'string', enum: ['OFFICIAL'] },
    requestId: NAME,
    quantity: { type: 'integer' },
    estimatedArrival: INSTANT,
    costEstimate: {
      type: 'object',
      properties: { amountPence: { type: 'integer' }, basis: NAME },
      required: ['amountPence', 'basis'],
    },
    remarks: TEXT,
  },
  required: ['requestId', 'quantity', 'estimatedArrival'],
};
const target = { requestId: 'r1', quantity: 1, estimatedArrival: '2026-12-01T12:00:00.000Z' };

describe('a form made of what the API says a command takes', () => {
  it('asks for everything that the target does not fix', () => {
    expect(fieldsOf(offer, target).map(({ name }) => name)).toEqual([
      'quantity',
      'estimatedArrival',
      'costEstimate',
      'remarks',
    ]);
  });

  it('starts from what the target suggests', () => {
    expect(startOf(offer, target, 0)).toEqual({ quantity: '1', estimatedArrival: '2026-12-01T12:00' });
  });

  it('starts from now for what is told of this moment', () => {
    const report: BodySchema = { properties: { at: INSTANT, eta: INSTANT }, required: ['at', 'eta'] };
    expect(startOf(report, {}, Date.parse('2026-12-01T12:00:00Z'))).toEqual({ at: '2026-12-01T12:00' });
  });

  it('sends what was written and leaves out groups of which nothing was', () => {
    const written = { quantity: '2', estimatedArrival: '2026-12-01T12:30', remarks: ' two cars ' };
    expect(bodyOf(offer, target, written)).toEqual({
      requestId: 'r1',
      quantity: 2,
      estimatedArrival: '2026-12-01T12:30:00.000Z',
      remarks: 'two cars',
    });
  });

  it.each([
    ['a constant', { const: true }],
    ['a choice of one', { enum: [true] }],
  ])('sends what the target fixes and nobody is asked for: %s', (_, only) => {
    const schema: BodySchema = {
      properties: { lineId: NAME, unsolicited: { type: 'boolean', ...(only as object) } },
      required: ['lineId'],
    };
    expect(fieldsOf(schema).map(({ name }) => name)).toEqual(['lineId']);
    expect(fieldsOf(schema, { unsolicited: true }).map(({ name }) => name)).toEqual(['lineId']);
    expect(bodyOf(schema, { unsolicited: true }, { lineId: 'l1' })).toEqual({
      lineId: 'l1',
      unsolicited: true,
    });
  });

  it('sends a group of which something was written, for the API to say what is missing', () => {
    expect(bodyOf(offer, target, { 'costEstimate.basis': 'guide' }).costEstimate).toEqual({ basis: 'guide' });
  });

  it('sends no words as an empty list where there has to be one', () => {
    const schemes: BodySchema = { properties: { schemes: { type: 'array', items: NAME } } };
    expect(bodyOf({ ...schemes, required: ['schemes'] }, {}, {})).toEqual({ schemes: [] });
    expect(bodyOf(schemes, {}, {})).toEqual({});
  });

  it('sends what is no number as it is, for the API to say so', () => {
    expect(bodyOf(offer, target, { quantity: 'two' }).quantity).toBe('two');
  });

  it('asks for the branch of a union that is chosen', () => {
    const route: BodySchema = {
      oneOf: [
        { properties: { kind: { const: 'policy' } } },
        { properties: { kind: { const: 'oral' }, post: NAME }, required: ['kind', 'post'] },
      ],
    };
    const schema: BodySchema = { properties: { route }, required: ['route'] };
    expect(kindOf(route)).toBe('union');
    expect(bodyOf(schema, {}, { 'route.kind': 'oral', 'route.post': 'gold' })).toEqual({
      route: { kind: 'oral', post: 'gold' },
    });
    expect(bodyOf(schema, {}, {})).toEqual({});
  });

  it('knows what no form of this kind can ask', () => {
    const field = (required: string[], items: BodySchema): BodySchema => ({
      properties: { lines: { type: 'array', items } },
      required,
    });
    expect(isAskable(field(['lines'], { type: 'array' }))).toBe(false);
    expect(isAskable(field([], { type: 'array' }))).toBe(true);
    expect(isAskable(field(['lines'], { type: 'object', properties: { a: NAME } }))).toBe(true);
  });
});

const claim: BodySchema = {
  type: 'object',
  properties: {
    claimId: NAME,
    answer: TEXT,
    lines: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: { lineId: NAME, amountPence: { type: 'integer' }, at: INSTANT, to: INSTANT, note: NAME },
        required: ['lineId', 'amountPence'],
      },
    },
  },
  required: ['claimId', 'lines'],
};
const exact = '2026-12-01T12:00:30.123Z';
const suggested = {
  claimId: 'c1',
  lines: [
    { lineId: 'pay', amountPence: 40_001, at: exact, to: exact },
    { lineId: 'travel', amountPence: 500 },
  ],
};

describe('a list in such a form', () => {
  it('begins with as many rows as there must be', () => {
    const written = startOf(claim, { claimId: 'c1' }, 0);
    expect(rowsOf(written, 'lines')).toEqual(['lines[0]']);
    expect(bodyOf(claim, { claimId: 'c1' }, written)).toEqual({ claimId: 'c1', lines: [{}] });
    expect(startOf({ ...claim, required: [] }, {}, 0)).toEqual({ 'lines.#': '0' });
    expect(bodyOf({ ...claim, required: [] }, { claimId: 'c1' }, { 'lines.#': '0' })).toEqual({
      claimId: 'c1',
    });
  });

  it('begins with what is suggested, and sends what was not touched as it was', () => {
    const written = startOf(claim, suggested, 0);
    expect(written['lines[0].amountPence']).toBe('400.01');
    expect(bodyOf(claim, suggested, written)).toEqual(suggested);
    expect(bodyOf(claim, suggested, { ...written, 'lines[0].amountPence': '1,200.5' }).lines).toEqual([
      { ...suggested.lines[0], amountPence: 120_050 },
      suggested.lines[1],
    ]);
  });

  it('grows by rows of which all is asked, and loses the one that is taken out', () => {
    const grown = withRow(startOf(claim, suggested, 0), 'lines');
    const own = { ...grown, 'lines[2].lineId': 'other', 'lines[2].amountPence': '7' };
    const without = withoutRow(own, 'lines', 0);
    expect(bodyOf(claim, suggested, without).lines).toEqual([
      suggested.lines[1],
      { lineId: 'other', amountPence: 700 },
    ]);
  });

  it('sends what is no amount as it is, for the API to say so', () => {
    const written = { 'lines.#': '1', 'lines[0].lineId': 'pay', 'lines[0].amountPence': 'much' };
    expect(bodyOf(claim, {}, written).lines).toEqual([{ lineId: 'pay', amountPence: 'much' }]);
  });
});
