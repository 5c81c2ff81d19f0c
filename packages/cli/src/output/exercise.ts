import type { Io } from '../io.ts';

/** Begins every line of what is said in exercise mode, so that no copied line can be taken for the real thing. */
export const EXERCISE_MARK = 'EXERCISE';

/** A command line that is suggested; it must stay in the exercise when somebody runs it. */
const SUGGESTED = /\bmuster (?!.*--mode )(?=[a-z][a-z-]* )(?=.*--as )/g;

const markLine = (line: string): string =>
  line === '' ? EXERCISE_MARK : `${EXERCISE_MARK}  ${line.replaceAll(SUGGESTED, 'muster --mode exercise ')}`;

/** Text of an exercise, marked line by line. */
export const markExercise = (text: string): string => {
  const hasEnd = text.endsWith('\n');
  const lines = (hasEnd ? text.slice(0, -1) : text).split('\n').map(markLine);
  return `${lines.join('\n')}${hasEnd ? '\n' : ''}`;
};

/** An object for machines, marked if it is of an exercise. */
export const markValue = (io: Io, value: unknown): unknown =>
  io.isExercise?.() && typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { exercise: true, ...value }
    : value;

/** The same world with every text marked once it is known that the command runs in exercise mode. */
export const markedIo = (io: Io, isExercise: () => boolean, json: boolean): Io => {
  const mark = (text: string): string => (isExercise() && !json ? markExercise(text) : text);
  return {
    ...io,
    isExercise,
    out: (text) => io.out(mark(text)),
    err: (text) => io.err(mark(text)),
  };
};
