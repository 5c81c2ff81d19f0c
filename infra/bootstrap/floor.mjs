// Old versions of Node read this file before they can be told that they are too old: keep its syntax plain.
import { NODE_BOOTSTRAP_MAJOR_MIN } from './pins.mjs';

/**
 * The message for a Node that is too old to run the bootstrap, or undefined for one that will do.
 * @param {string} version of Node, such as 20.11.1
 * @returns {string | undefined}
 */
export function nodeTooOld(version) {
  const major = Number.parseInt(version, 10);
  if (major >= NODE_BOOTSTRAP_MAJOR_MIN) return undefined;
  return [
    'muster: this Node is too old to prepare the rest.',
    `  found:  Node ${version}`,
    `  needed: Node ${NODE_BOOTSTRAP_MAJOR_MIN} or newer, with npm (the Node that Muster runs on is fetched)`,
    '  do:     install it from https://nodejs.org or your package manager, then run the same command again',
  ].join('\n');
}
