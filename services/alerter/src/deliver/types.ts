import type { Alert, AlertOrder } from '@muster/contracts';
import type { CalledPost } from '../desks/schema.ts';
import type { Words } from './words.ts';

/** `never`: trying again would not help before a person has mended something. */
export type Given =
  | { kind: 'given' }
  | { kind: 'again'; because: string }
  | { kind: 'never'; because: string };

/** One message on its way. */
export type Message = { alert: Alert; order: AlertOrder; to: CalledPost; words: Words };

/** Something that carries messages out of the mesh. */
export type Carrier = { give(message: Message): Promise<Given> };
