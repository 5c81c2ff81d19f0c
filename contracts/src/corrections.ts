import type { CommandName } from './commands.ts';
import type { RefusalCode } from './refusals.ts';
import type { EventType } from './registry.ts';

/** Who may reverse something: a side of it, or the national centre. */
export type Corrector = 'host' | 'donor' | 'national-centre';

/** One kind of mistake: who may reverse it, by which command and event, and until when. */
export type Correction = {
  mistake: string;
  /** The event that was wrong. It stays as it is: what reverses it is one more event. */
  record: EventType;
  by: readonly Corrector[];
  command: CommandName;
  event: EventType;
  until: string;
  /** With which the command is refused from then on. */
  refused: RefusalCode;
  /** What to do from then on. */
  afterwards: string;
};

/** Every mistake in requests, offers and commitments that can be reversed. All else on record stands. */
export const CORRECTIONS = {
  'request-mistyped': {
    mistake: 'a quantity, a time or a term of the request is wrong',
    record: 'muster.request.submitted.v1',
    by: ['host'],
    command: 'request-amend',
    event: 'muster.request.amended.v1',
    until: 'the request ends; not below what is reserved or committed',
    refused: 'request-ended',
    afterwards: 'a new request',
  },
  'request-unmeant': {
    mistake: 'the request should not have been raised',
    record: 'muster.request.submitted.v1',
    by: ['host', 'national-centre'],
    command: 'request-cancel',
    event: 'muster.request.cancelled.v1',
    until: 'the request ends',
    refused: 'request-ended',
    afterwards: 'nothing: it is over',
  },
  'wrong-force-asked': {
    mistake: 'a force was asked that should not have been',
    record: 'muster.request.issued.v1',
    by: ['host'],
    command: 'ask-withdraw',
    event: 'muster.request.ask_withdrawn.v1',
    until: 'units of that force are reserved or committed',
    refused: 'wrong-status',
    afterwards: 'the acceptance is taken back, or the units are called off',
  },
  'offer-misprepared': {
    mistake: 'an offer was prepared wrongly',
    record: 'muster.offer.prepared.v1',
    by: ['donor'],
    command: 'offer-refuse',
    event: 'muster.offer.refused.v1',
    until: 'it is approved or refused',
    refused: 'wrong-status',
    afterwards: 'the offer is withdrawn',
  },
  'offer-mistyped': {
    mistake: 'a quantity or a capability of an offer is wrong',
    record: 'muster.offer.made.v1',
    by: ['donor'],
    command: 'offer-withdraw',
    event: 'muster.offer.withdrawn.v1',
    until: 'the host accepts or turns it down, or it runs out; a new offer names the wrong one',
    refused: 'offer-not-open',
    afterwards: 'the home ledger refuses the booking',
  },
  'wrong-acceptance': {
    mistake: 'the wrong offer, or too much of one, was accepted',
    record: 'muster.offer.accepted.v1',
    by: ['host'],
    command: 'acceptance-withdraw',
    event: 'muster.offer.lapsed.v1',
    until: 'the home force has answered; a confirmation that comes later is sent home',
    refused: 'wrong-status',
    afterwards: 'the units are called off',
  },
  'wrong-commitment-of-host': {
    mistake: 'the wrong units were committed, as the host finds',
    record: 'muster.commitment.made.v1',
    by: ['host'],
    command: 'deployment-abort',
    event: 'muster.deployment.aborted.v1',
    until: 'the units are on task',
    refused: 'wrong-status',
    afterwards: 'the units are released',
  },
  'wrong-commitment-of-donor': {
    mistake: 'the wrong units were committed, as the donor finds',
    record: 'muster.commitment.made.v1',
    by: ['donor'],
    command: 'deployment-forfeit',
    event: 'muster.deployment.forfeited.v1',
    until: 'the units are on task',
    refused: 'wrong-status',
    afterwards: 'the units are recalled',
  },
} as const satisfies Record<string, Correction>;

export type CorrectionName = keyof typeof CORRECTIONS;
