import { fileURLToPath } from 'node:url';
import { FORCES } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { castOf, scenarioFile } from './cast.ts';
import { readScenario } from './scenario/schema.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const scenario = (name: string) => readScenario(scenarioFile(repository, name));
const surge = scenario('cyber-surge');
const recall = scenario('recall');
const drill = scenario('exercise');
const all = { mode: undefined, forces: undefined };

describe('who takes part', () => {
  it('is everybody, or only those for whom all scenarios are written', () => {
    expect(castOf([surge], all)).toMatchObject({ mode: 'actual', forces: undefined, taking: FORCES.length });
    expect(castOf([recall, surge], all).forces).toBeUndefined();
    const cast = castOf([recall], all);
    expect(cast.forces).toEqual(recall.cast);
    expect(cast.scenarios[0]?.expect).toBeDefined();
  });

  it('is whoever was named, and nothing is expected where somebody is missing', () => {
    expect(castOf([surge], { ...all, forces: ['kent', 'essex'] })).toMatchObject({
      taking: 2,
      scenarios: [{ requests: [{ host: 'kent' }], expect: undefined }],
    });
    expect(
      castOf([recall], { ...all, forces: [...(recall.cast ?? []), 'kent'] }).scenarios[0]?.expect,
    ).toBeDefined();
  });

  it('must hold a host, and every host of a script', () => {
    expect(() => castOf([surge], { ...all, forces: ['surrey'] })).toThrow('None of the scenario');
    const summer = scenario('summer-disorder');
    expect(() => castOf([summer], { ...all, forces: ['merseyside'] })).toThrow('needs all of its hosts');
  });

  it('has desks for all, of which one that a scenario does not name offers what it has', () => {
    const [first, second] = castOf([surge, recall], all).scenarios;
    expect(first?.desks).toContainEqual({ force: 'hampshire', does: 'offer' });
    expect(second?.desks.find(({ force }) => force === 'nca')).toEqual({ force: 'nca', does: 'offer' });
  });
});

it('names the scenarios that there are where one is not', () => {
  expect(() => scenarioFile(repository, 'cyber-splurge')).toThrow(
    /no scenario cyber-splurge: no file .*cyber-splurge, and those of .*scenarios are cyber-surge, df-backlog/,
  );
});

describe('the mode', () => {
  it('is that of the scenario, and any scenario may be an exercise', () => {
    expect(castOf([drill], all).mode).toBe('exercise');
    expect(castOf([surge], { ...all, mode: 'exercise' }).mode).toBe('exercise');
  });

  it('is never actual for an exercise, nor mixed', () => {
    expect(() => castOf([drill], { ...all, mode: 'actual' })).toThrow('is an exercise');
    expect(() => castOf([drill, recall], all)).toThrow('played by themselves');
  });
});
