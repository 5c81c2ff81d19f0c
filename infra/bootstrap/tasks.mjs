/**
 * What a task runs: a source file, a script of the root package.json, or any command. The nats-server is
 * `required`, `unused`, or used only `if-at-hand`: where it is there already; it is not fetched for that task.
 * @typedef {{ command: 'node' | 'pnpm' | 'any', target: string, server: 'required' | 'if-at-hand' | 'unused' }} Task
 */

/** @type {ReadonlyMap<string, Task>} */
export const TASKS = new Map(
  /** @type {[string, Task][]} */ ([
    ['start', { command: 'node', target: 'infra/demo/src/start.ts', server: 'required' }],
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
