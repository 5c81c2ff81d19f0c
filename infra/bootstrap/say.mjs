/** Anything that takes longer than this gets a line of progress, in milliseconds. */
const QUIET_MS = 2_000;

/** Time between further lines of progress on the same step, in milliseconds. */
const REPEAT_MS = 10_000;

/**
 * Progress and errors for people. Never on standard output, which belongs to the task.
 * @typedef {object} Say
 * @property {(line: string) => void} note
 * @property {<T>(label: string, work: () => Promise<T>) => Promise<T>} during reports work that takes long
 */

/**
 * @param {(line: string) => void} write
 * @returns {Say}
 */
export function sayTo(write) {
  /** @param {string} line */
  const note = (line) => write(`muster: ${line}\n`);
  return {
    note,
    async during(label, work) {
      const started = performance.now();
      const seconds = () => Math.round((performance.now() - started) / 1_000);
      let announced = false;
      const announce = () => {
        note(announced ? `${label} … ${seconds()} s` : `${label} …`);
        announced = true;
      };
      const first = setTimeout(announce, QUIET_MS);
      const later = setInterval(announce, REPEAT_MS);
      try {
        return await work();
      } finally {
        clearTimeout(first);
        clearInterval(later);
        if (announced) note(`${label}: ${seconds()} s`);
      }
    },
  };
}

/**
 * A refusal as people read it.
 * @param {import('./outcome.mjs').Refused} refusal
 * @returns {string}
 */
export function refusalText(refusal) {
  return [
    `  found:  ${indented(refusal.found)}`,
    `  needed: ${indented(refusal.needed)}`,
    `  do:     ${indented(refusal.remedy)}`,
  ].join('\n');
}

/** @param {string} text */
function indented(text) {
  return text.split('\n').join('\n          ');
}
