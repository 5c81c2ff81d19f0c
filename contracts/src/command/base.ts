import { classification } from '../codes.ts';
import { commandId } from '../tokens.ts';
import { actor } from '../values.ts';

/** What every command carries: its id, who acts, and how it is classified. */
export const base = { commandId, actor, classification: classification.default('OFFICIAL') };
