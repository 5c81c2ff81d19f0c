import { describe, expect, it } from 'vitest';
import type { Reference } from '../../api/reads.ts';
import { createBody, draftBody, newForm, newLine } from './form.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const reference = {
  forces: [
    { id: 'kent', name: 'Kent Police', region: 'south-east', hqTown: 'Maidstone', hqLat: 51.27, hqLon: 0.52 },
  ],
  capabilities: [],
  regions: [],
  organisations: ['kent'],
} satisfies Reference;
const blank = newForm('kent', reference, NOW);

describe('the form in which help is asked for', () => {
  it('starts at the headquarters of the force, with times ahead', () => {
    expect(draftBody(blank)).toMatchObject({
      lines: [
        {
          lineId: 'line-1',
          from: '2026-12-01T16:00:00.000Z',
          reportTo: { name: 'Maidstone', lat: 51.27, lon: 0.52 },
        },
      ],
      recipients: { kind: 'nearest', count: 5 },
      answerBy: '2026-12-01T13:00:00.000Z',
    });
  });

  it('leaves out what is not written and sends what is no number as it is, for the API to say so', () => {
    const line = { ...newLine('kent', reference, NOW), quantity: 'two', minimum: '' };
    const [sent] = JSON.parse(JSON.stringify(draftBody({ ...blank, lines: [line] }))).lines;
    expect(sent).toMatchObject({ quantity: 'two' });
    expect(sent).not.toHaveProperty('minimumQuantity');
    expect(sent).not.toHaveProperty('capabilityCode');
  });

  it('names whom to ask in the way that was chosen', () => {
    expect(draftBody({ ...blank, whom: 'forces', forces: ['essex'] }).recipients).toEqual({
      kind: 'forces',
      forces: ['essex'],
    });
    expect(draftBody({ ...blank, whom: 'waves' }).recipients).toEqual({
      kind: 'waves',
      size: 3,
      everyMinutes: 15,
    });
  });

  it('says by word of mouth only when that was chosen', () => {
    expect(createBody(blank)).not.toHaveProperty('approvalRoute');
    const oral = {
      ...blank,
      approval: 'oral' as const,
      oralPost: 'gold',
      oralAt: '2026-12-01T11:50',
      oralReason: 'fire',
    };
    expect(createBody(oral).approvalRoute).toEqual({
      kind: 'oral',
      post: 'gold',
      at: '2026-12-01T11:50:00.000Z',
      reason: 'fire',
    });
  });

  it('gives every line an id of its own', () => {
    const lines = [newLine('kent', reference, NOW), newLine('kent', reference, NOW)];
    expect(draftBody({ ...blank, lines }).lines.map(({ lineId }) => lineId)).toEqual(['line-1', 'line-2']);
  });
});
