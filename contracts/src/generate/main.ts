import { readFileSync, writeFileSync } from 'node:fs';
import { referenceSource } from './reference.ts';

const at = (path: string): URL => new URL(path, import.meta.url);
const source = referenceSource(
  readFileSync(at('../reference/data/forces.csv'), 'utf8'),
  readFileSync(at('../reference/data/capabilities.csv'), 'utf8'),
);
writeFileSync(at('../reference/table.gen.ts'), source);
console.log('wrote contracts/src/reference/table.gen.ts');
