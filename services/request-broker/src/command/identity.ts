import { createHash } from 'node:crypto';
import { type Aggregate, aggregateKey, COMMAND_ID_LENGTH_MAX, HUB } from '@muster/contracts';
import type { InternalCommand, Ledger } from '@muster/domain';

/** Hexadecimal digits of a digest that stands for a longer name (96 bits). */
const DIGEST_LENGTH = 24;

const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);

const shortened = (prefix: string, name: string): string => {
  const whole = `${prefix}-${name}`;
  return whole.length <= COMMAND_ID_LENGTH_MAX ? whole : `${prefix}-${digest(name)}`;
};

/** Who an internal decision is attributed to: an organisation and a command id. */
export type Identity = { org: string; commandId: string };

const ofAggregate = (prefix: string, aggregate: Aggregate, lastSeq: number, extra = ''): Identity => ({
  org: HUB,
  commandId: `${prefix}-${lastSeq}-${digest(`${aggregateKey(aggregate)}/${extra}`)}`,
});

/** How the bookings of a request stand: units that are sent home leave no trace in the request itself. */
const bookingsOf = (
  { host, requestId }: { host: string; requestId: string },
  { lastSeq, view }: Pick<Ledger, 'lastSeq' | 'view'>,
): string =>
  [...(view.request(host, requestId)?.offers.values() ?? [])]
    .map(({ donor, capabilityId }) => lastSeq({ kind: 'booking', owner: donor, id: capabilityId }))
    .join();

/**
 * The identity under which the events of an internal command are written. It is a function of the command
 * and of the state that it was decided on, so that two replicas which decide the same thing write the same
 * ids, and a later, different decision of the same kind does not reuse them.
 */
export const identityOf = (
  command: InternalCommand,
  ledger: Pick<Ledger, 'lastSeq' | 'view'>,
  entryIndex = 0,
): Identity => {
  const { lastSeq } = ledger;
  switch (command.name) {
    case 'home-decided':
      return {
        org: command.donor,
        commandId: shortened(`h-${command.homeVersion}-${entryIndex}`, command.capabilityId),
      };
    case 'answer-time-due':
    case 'request-end-due':
    case 'approval-due':
    case 'wave-due':
    case 'accept-due':
    case 'confirm-due':
    case 'offer-due': {
      const aggregate: Aggregate = { kind: 'request', owner: command.host, id: command.requestId };
      const offer = 'offerId' in command ? command.offerId : '';
      return ofAggregate(`t-${command.name}`, aggregate, lastSeq(aggregate), offer);
    }
    case 'recall-due':
    case 'extension-due':
    case 'secondment-due': {
      const aggregate: Aggregate = { kind: 'deployment', owner: command.donor, id: command.deploymentId };
      return ofAggregate(`t-${command.name}`, aggregate, lastSeq(aggregate));
    }
    case 'claim-due': {
      const aggregate: Aggregate = { kind: 'claim', owner: command.donor, id: command.claimId };
      return ofAggregate('t-claim-due', aggregate, lastSeq(aggregate));
    }
    case 'settle-deployment': {
      const aggregate: Aggregate = { kind: 'deployment', owner: command.donor, id: command.deploymentId };
      return ofAggregate('t-settle-deployment', aggregate, lastSeq(aggregate));
    }
    case 'settle-request': {
      const aggregate: Aggregate = { kind: 'request', owner: command.host, id: command.requestId };
      return ofAggregate('t-settle', aggregate, lastSeq(aggregate), bookingsOf(command, ledger));
    }
    case 'open-bookings': {
      const keys = command.capabilities.map((row) => `${row.donor}.${row.capabilityId}`);
      return { org: HUB, commandId: `g-${digest(keys.join())}` };
    }
    case 'check-shortfall': {
      const aggregate: Aggregate = { kind: 'booking', owner: command.donor, id: command.capabilityId };
      return ofAggregate('s', aggregate, lastSeq(aggregate));
    }
  }
};
