import { fileURLToPath } from 'node:url';
import { derived, lasting } from './outputs.ts';
import { writeOutputs } from './write.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { written, kept, removed } = writeOutputs(root, derived(), lasting());
console.log(
  `contracts: wrote ${written.length} files, kept ${kept.length} that never change, removed ${removed.length}`,
);
