import { money } from './money.ts';
import { tokenWords } from './requests.ts';

/** `muster.offer.made.v1` as `Offer made`. */
export const eventWords = (type: string): string =>
  tokenWords(type.replace(/^muster\./, '').replace(/\.v\d+$/, ''));

/** A force's own system, which answers as its people have set it up. */
const SYSTEM_ROLE = 'adapter';

/** `kent/requester/duty-desk` as people say it. */
export const actorWords = (actor: string, nameOf: (org: string) => string): string => {
  const [org = '', role = '', post] = actor.split('/');
  if (role === SYSTEM_ROLE) return `${nameOf(org)}, its own system`;
  return [nameOf(org), role.replaceAll('-', ' '), post]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
};

type Data = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const forcesOf = (value: unknown, nameOf: (org: string) => string): string | undefined =>
  Array.isArray(value) && value.length > 0
    ? value.map(({ force }: { force?: string }) => nameOf(force ?? '')).join(', ')
    : undefined;

/** The amount that an event is about. */
const amountOf = ({ totalPence, amountPence }: Data): string | undefined => {
  const pence = typeof totalPence === 'number' ? totalPence : amountPence;
  return typeof pence === 'number' ? money(pence) : undefined;
};

const linesOf = ({ lineIds }: Data): string | undefined =>
  Array.isArray(lineIds) && lineIds.length > 0 ? lineIds.join(', ') : undefined;

/** What an event tells beside its name, as far as one line can; `about` is whom the reader knows it to be about. */
export const eventDetails = (
  body: unknown,
  actor: string,
  nameOf: (org: string) => string,
  about?: string,
): string => {
  const data = (typeof body === 'object' && body !== null ? body : {}) as Data;
  const party = text(data.donor) ?? text(data.force);
  return [
    party && party !== about && !actor.startsWith(`${party}/`) ? nameOf(party) : undefined,
    forcesOf(data.recipients, nameOf),
    forcesOf(data.silent, nameOf),
    text(data.quantity) &&
      `${text(data.quantity)} of ${text(data.capabilityId) ?? text(data.lineId) ?? 'units'}`,
    text(data.status) && tokenWords(text(data.status) ?? ''),
    text(data.toTier) && `tier ${text(data.toTier)}`,
    text(data.reasonCode) && tokenWords(text(data.reasonCode) ?? ''),
    data.unsolicited === true ? 'unsolicited' : undefined,
    amountOf(data),
    text(data.paymentRef),
    text(data.basis) && tokenWords(text(data.basis) ?? ''),
    linesOf(data),
    text(data.reason),
    text(data.rationale),
    text(data.answer),
    text(data.remarks),
    text(data.note),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('; ');
};
