/** What the commands know of the world around the process; tests give their own. */
export type Io = {
  out(text: string): void;
  err(text: string): void;
  env: Readonly<Record<string, string | undefined>>;
  /** Colours and bold print, for a person at a terminal that can show them. */
  color: boolean;
  now(): number;
  newId(): string;
  /** Aborted when the person presses Ctrl-C. */
  interrupted: AbortSignal;
  /** True once it is known that the command runs in exercise mode; whatever it says is then marked. */
  isExercise?: () => boolean;
};
