import { describe, expect, it } from 'vitest';
import { markExercise, markValue } from './exercise.ts';

describe('text of an exercise', () => {
  it('is marked on every line, so that each is known for what it is when it is copied', () => {
    expect(markExercise('one\n\ntwo\n')).toBe('EXERCISE  one\nEXERCISE\nEXERCISE  two\n');
  });

  it('suggests commands that stay in the exercise', () => {
    expect(markExercise('  muster offer accept r1 o1 --as kent')).toBe(
      'EXERCISE    muster --mode exercise offer accept r1 o1 --as kent',
    );
    expect(markExercise('muster: the mesh refused it')).toBe('EXERCISE  muster: the mesh refused it');
    expect(markExercise('muster --mode exercise board --as kent')).toBe(
      'EXERCISE  muster --mode exercise board --as kent',
    );
  });
});

describe('an object of an exercise', () => {
  const io = (isExercise: boolean) => ({
    ...{ out: () => undefined, err: () => undefined, env: {}, color: false, now: () => 0, newId: () => '' },
    ...{ interrupted: new AbortController().signal, isExercise: () => isExercise },
  });

  it('says so, and one of the actual mode is as it was', () => {
    expect(markValue(io(true), { items: [] })).toEqual({ exercise: true, items: [] });
    expect(markValue(io(false), { items: [] })).toEqual({ items: [] });
  });
});
