/**
 * What a task runs: a source file, with flags for Node, a script of the root package.json, or any command. The nats-server is
 * `required`, `unused`, or used only `if-at-hand`: where it is there already; it is not fetched for that task.
 * @typedef {{ command: 'node' | 'pnpm' | 'any', target: string, flags?: readonly string[], server: 'required' | 'if-at-hand' | 'unused' }} Task
 */

/**
 * A small young generation (MiB): what stays up is idle for most of the time, and would keep some 30 MiB of garbage of
 * its busy minute.
 */
const STAYS_UP = ['--max-semi-space-size=2'];

/** @type {ReadonlyMap<string, Task>} */
export const TASKS = new Map(
  /** @type {[string, Task][]} */ ([
    ['start', { command: 'node', target: 'infra/demo/src/start.ts', flags: STAYS_UP, server: 'required' }],
    ['muster', { command: 'node', target: 'packages/cli/src/main.ts', server: 'if-at-hand' }],
    ['test', { command: 'pnpm', target: '_verify', server: 'required' }],
    ['verify', { command: 'pnpm', target: '_verify', server: 'required' }],
    ['bench', { command: 'pnpm', target: '_bench', server: 'required' }],
    ['browser', { command: 'pnpm', target: '_browser', server: 'required' }],
    ['soak', { command: 'pnpm', target: '_soak', server: 'required' }],
    ['sim', { command: 'node', target: 'test/sim/main.ts', server: 'unused' }],
    ['audit', { command: 'node', target: 'infra/audit/main.ts', server: 'unused' }],
    ['exec', { command: 'any', target: '', server: 'required' }],
  ]),
);
