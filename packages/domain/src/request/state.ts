import type {
  AgreedCost,
  CallKind,
  CancelReason,
  CostCategory,
  CostEstimate,
  DeclineReason,
  Duty,
  EscalationMode,
  EventData,
  HomeRefusalReason,
  LapseReason,
  OfferWithdrawReason,
  Recipient,
  RecipientChoice,
  ReleaseReason,
  RequestLine,
  RequestTerms,
} from '@muster/contracts';
import type { Corrected } from './corrections.ts';

/** What an acceptance fixed. */
export type Acceptance = {
  quantity: number;
  from: string;
  to: string;
  token: number;
  confirmBy: string;
  /** The charging regime under which they were taken. */
  costCategory: CostCategory;
  agreedCost?: AgreedCost | undefined;
};

/** Units that the host took and could not have, where it let the minimum of the line suffice. */
export type LeftOut = Pick<
  EventData<'muster.offer.left_out.v1'>,
  'named' | 'reserved' | 'reasonCode' | 'because'
>;

/** What a donor offered. */
export type OfferFacts = {
  offerId: string;
  lineId: string;
  donor: string;
  capabilityId: string;
  quantity: number;
  estimatedArrival: string;
  costEstimate?: CostEstimate | undefined;
  /** Reserved without an offer, and why. */
  called?: CallKind | undefined;
  /** How long the units have been at work already, as their force told. */
  duty?: Duty | undefined;
  /** Deployment from which the units go on without going home. */
  continues?: string | undefined;
  /** What had to come true before the host may accept. */
  condition?: string | undefined;
  /** When it lapses by itself while nobody has accepted it. */
  validUntil?: string | undefined;
  /** The withdrawn offer that it puts right. */
  corrects?: string | undefined;
  /** Its force had not been asked for the line. */
  unsolicited?: true | undefined;
  /** What the host took of it and could not have any more. */
  leftOut?: LeftOut | undefined;
};

/** One offer, by where it stands. Its units are in the capability's bookings. */
export type Offer = OfferFacts &
  (
    | { status: 'made' }
    /** Offered under a condition that has not come true yet. */
    | { status: 'provisional' }
    | { status: 'accepted'; accepted: Acceptance }
    | { status: 'committed'; accepted: Acceptance }
    | { status: 'refused'; accepted: Acceptance; reasonCode: HomeRefusalReason }
    /** Lost its line before the home force answered; the home force may still confirm. */
    | { status: 'lapsed'; accepted: Acceptance; reasonCode: LapseReason }
    /** Was committed, or confirmed too late, and does not count for the line. */
    | { status: 'stood-down'; accepted: Acceptance; reasonCode?: ReleaseReason | undefined }
    | { status: 'not-selected' }
    | { status: 'withdrawn'; reasonCode: OfferWithdrawReason }
    /** Its time passed while nobody had accepted it. */
    | { status: 'run-out' }
    /** Was open when the request ended. */
    | { status: 'closed' }
  );

/** An offer on which another post of its donor has to decide; nobody but the donor knows of it. */
export type Preparation = EventData<'muster.offer.prepared.v1'> & {
  status: 'prepared' | 'approved' | 'refused';
};

/** How a force stands for one line that it was asked for or has offered for. */
export type Answer =
  | { answer: 'waiting' }
  | { answer: 'offered' /** It had not been asked. */; unsolicited?: true }
  | { answer: 'declined'; reasonCode: DeclineReason }
  /** The host should not have asked, and said so. */
  | { answer: 'withdrawn' }
  | { answer: 'expired' };

export type Phase =
  /** Written down by the host and not sent. */
  | { kind: 'draft'; recipients: RecipientChoice }
  /** Waits for a person to approve it. */
  | { kind: 'awaiting'; recipients: RecipientChoice }
  | { kind: 'live' }
  | { kind: 'refused' }
  | { kind: 'cancelled'; reasonCode: CancelReason }
  | { kind: 'expired' }
  | { kind: 'closed' };

/** An approval by word of mouth, and whether the written one still has to come. */
export type Oral = { post: string; retrospectiveBy: string; isOpen: boolean; isOverdue: boolean };

/** What a person said to it last, and who: a post of the host. */
export type Decided = { kind: 'approved' | 'refused'; by: string; at: string };

/** How a request spreads by itself. */
export type Reach = {
  escalation?: EscalationMode | undefined;
  /** The choice of recipients, for those who are asked later. */
  choice?: RecipientChoice | undefined;
  /** The tier that the host chose to begin at. */
  tier?: number | undefined;
  wave?: number | undefined;
  nextWaveAt?: string | undefined;
  /** A tier above that waits for a centre to agree. */
  asked?: { toTier: number; acceptBy: string; isOverdue: boolean } | undefined;
};

/** A line that stayed short with nobody left to ask. */
export type Unfilled = { missing: number; since: string; isAcknowledged: boolean };

/** A request as its host's events tell it. */
export type RequestState = {
  host: string;
  requestId: string;
  submittedAt: string;
  /** The post that asked, which may not approve. */
  requestedBy?: string | undefined;
  oral?: Oral | undefined;
  decided?: Decided | undefined;
  lines: readonly RequestLine[];
  terms: RequestTerms;
  answerBy: string;
  confirmWithinMinutes: number;
  /** What may be agreed with donors in all, as it was approved. */
  costLimitPence?: number | undefined;
  /** When the last window ends. */
  end: string;
  /** 2 regional, 3 national; 0 before the request is issued. */
  tier: number;
  recipients: readonly Recipient[];
  /** By force and line, see {@link answerKey}. */
  answers: ReadonlyMap<string, Answer>;
  offers: ReadonlyMap<string, Offer>;
  /** By donor and offer, see {@link preparationKey}. */
  preparations: ReadonlyMap<string, Preparation>;
  /** The desk that looks after it once one has taken it over; at first that of its terms. */
  desk?: string | undefined;
  reach: Reach;
  /** What was put right, in order. */
  corrections: readonly Corrected[];
  /** By line. */
  unfilled: ReadonlyMap<string, Unfilled>;
  /** When each force said that it has the request on its desk. */
  acknowledged: ReadonlyMap<string, string>;
  /** True once the end of the answer time is on record. */
  answerTimePassed: boolean;
  phase: Phase;
};

export const answerKey = (force: string, lineId: string): string => `${force}/${lineId}`;

export const preparationKey = (donor: string, offerId: string): string => `${donor}/${offerId}`;
