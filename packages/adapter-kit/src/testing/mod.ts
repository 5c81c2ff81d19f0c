// For tests only: the hub's side of a real broker, and rosters that a test may change.
export { startTestHub, type TestHub } from './hub.ts';
export { startTestMesh, type TestMesh } from './kent.ts';
export { createTestLedger, issued, reserved, type TestLedger } from './ledger.ts';
export { type TestRoster, tempRoster } from './roster.ts';
