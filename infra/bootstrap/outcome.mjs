/**
 * A refusal: what a person has to settle before the task can run.
 * @typedef {{ kind: 'refused', found: string, needed: string, remedy: string }} Refused
 */

/**
 * A place that was tried and left, with the reason; the next place is tried. `empty` means that nothing was
 * there, which is no news.
 * @typedef {{ kind: 'passed', where: string, because: string, empty?: true }} Passed
 */

/**
 * Where and how the bootstrap works; everything it takes from its surroundings.
 * @typedef {object} Setting
 * @property {string} root folder of the repository
 * @property {string} cache folder that keeps what was fetched
 * @property {Record<string, string | undefined>} env
 * @property {string} platform as process.platform
 * @property {string} arch as process.arch
 * @property {import('./say.mjs').Say} say
 */

/**
 * @param {string} found
 * @param {string} needed
 * @param {string} remedy
 * @returns {Refused}
 */
export function refused(found, needed, remedy) {
  return { kind: 'refused', found, needed, remedy };
}

/**
 * @param {string} where
 * @param {string} because
 * @returns {Passed}
 */
export function passed(where, because) {
  return { kind: 'passed', where, because };
}

/**
 * A place that held nothing.
 * @param {string} where
 * @param {string} because
 * @returns {Passed}
 */
export function empty(where, because) {
  return { ...passed(where, because), empty: true };
}
