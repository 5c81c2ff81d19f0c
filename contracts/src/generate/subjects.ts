import { aggregateOf, type EventType, eventRow, type MusterEvent } from '../registry.ts';
import { type AggregateKind, FOR_MANY } from '../subjects.ts';
import { SAMPLES } from './samples/samples.ts';

const sampleOf = (type: EventType): MusterEvent => ({ type, data: SAMPLES[type][0].data }) as MusterEvent;

/** What names an aggregate of each kind, as parameters of its subject. */
const NAMED_BY: Record<AggregateKind, readonly [owner: string, id: string]> = {
  capability: ['force', 'capabilityId'],
  request: ['host', 'requestId'],
  offer: ['donor', 'offerId'],
  booking: ['donor', 'capabilityId'],
  deployment: ['donor', 'deploymentId'],
  claim: ['donor', 'claimId'],
  home: ['donor', 'capabilityId'],
  policy: ['org', 'policyId'],
};

/** The parameter that holds the addressee of an event, or undefined for one that is for many. */
export const addresseeOf = (type: EventType): string | undefined => {
  const { data } = sampleOf(type);
  const addressee = eventRow(type).addressee?.(data);
  if (addressee === undefined) return undefined;
  const field = Object.entries(data).find(([name, value]) => value === addressee && name !== 'requestId');
  if (!field) throw new Error(`the addressee of ${type} is none of its fields`);
  return field[0];
};

export const kindOf = (type: EventType): AggregateKind => aggregateOf(sampleOf(type)).kind;

/** Subject of an event type with its parts named: `<mode>.request.<host>.<requestId>.issued._`. */
export const subjectTemplate = (type: EventType): string => {
  const kind = kindOf(type);
  const base = `<mode>.${kind}.${NAMED_BY[kind].map((name) => `<${name}>`).join('.')}`;
  const { token } = eventRow(type);
  if (token === undefined) return base;
  const addressee = addresseeOf(type);
  return `${base}.${token}.${addressee === undefined ? FOR_MANY : `<${addressee}>`}`;
};
