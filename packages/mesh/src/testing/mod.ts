// For tests only: a running mesh with keys, accounts and streams.
export { type Muster, type MusterOptions, startMuster, startMusterCluster } from './muster.ts';
