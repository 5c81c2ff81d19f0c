import { describe, expect, it } from 'vitest';
import type { BodySchema } from '../../api/schemas.ts';
import { bodyOf, fieldsOf, isAskable, kindOf, startOf } from './body.ts';

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

  it('sends what the target fixes and nobody is asked for', () => {
    const schema: BodySchema = {
      properties: { lineId: NAME, unsolicited: { type: 'boolean', const: true as never } },
      required: ['lineId'],
    };
    expect(fieldsOf(schema, { unsolicited: true }).map(({ name }) => name)).toEqual(['lineId']);
    expect(bodyOf(schema, { unsolicited: true }, { lineId: 'l1' })).toEqual({
      lineId: 'l1',
      unsolicited: true,
    });
  });

  it('sends a group of which something was written, for the API to say what is missing', () => {
    expect(bodyOf(offer, target, { 'costEstimate.basis': 'guide' }).costEstimate).toEqual({ basis: 'guide' });
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
    const lines: BodySchema = {
      properties: { lines: { type: 'array', items: { type: 'object' } } },
      required: ['lines'],
    };
    expect(isAskable(lines)).toBe(false);
    expect(isAskable({ ...lines, required: [] })).toBe(true);
  });
});
