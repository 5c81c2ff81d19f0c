// The public face of the domain: deciders, states, matching and the rules of who may see what.

export { claimViewOf, maySeeClaim } from './access/claimView.ts';
export { deploymentViewOf, maySeeDeployment } from './access/deploymentView.ts';
export { capabilityOf, partiesOf } from './access/parties.ts';
export { maySeeRequest, narrowed, seesAll, speaksFor } from './access/requests.ts';
export { requestViewFor } from './access/requestView.ts';
export { isReleasable, maySee, maySeeAdvert, type Parties, regionOf } from './access/visibility.ts';
export { authorise, type Decider, type Matter } from './approval/authorise.ts';
export { type OralApproval, oralApprovalsOf, oralTotals, tellsOfOral } from './approval/oral.ts';
export { DEFAULT_RULES, type Delegation, type MatchingPolicy, type Register } from './approval/state.ts';
export { type BoardSource, boardOf, hasEnded, waitingOf } from './board/board.ts';
export { deploymentDues } from './board/late.ts';
export { claimWaits } from './board/money.ts';
export { type BookingEvent, evolveBooking } from './booking/evolve.ts';
export { heldBy, withRest } from './booking/held.ts';
export type { Booking, BookingFacts, BookingState, BookingStatus } from './booking/state.ts';
export { CLAIM_DUE, type ClaimEvent, evolveClaim, isClaimEvent } from './claim/evolve.ts';
export { CLAIM_STEP_DAYS } from './claim/parties.ts';
export { type ClaimState, isOpen } from './claim/state.ts';
export { closeDeploymentIfDone, deploymentSettledAfter } from './deployment/debrief.ts';
export { deploymentDesk, requestDesk } from './deployment/desk.ts';
export { abortUnits } from './deployment/ending.ts';
export { type DeploymentEvent, evolveDeployment } from './deployment/evolve.ts';
export { EXTENSION_ANSWER_MINUTES } from './deployment/extension.ts';
export { RECALL_RAISE_MINUTES } from './deployment/recall.ts';
export { SECONDMENT_DAYS } from './deployment/secondment.ts';
export type {
  Control,
  DeploymentState,
  EarlyEnd,
  Extension,
  Recall,
  Secondment,
  Welfare,
} from './deployment/state.ts';
export { onDutyMinutes, tiredAt } from './duty/check.ts';
export { DUTY_RULES, type DutyRules } from './duty/rules.ts';
export {
  type AnswerPolicy,
  type Answers,
  answerRequest,
  type DeclineBody,
  type IssuedNotice,
  issuedNotice,
  type OfferBody,
  type OwnCapability,
} from './home/answer.ts';
export {
  decideHome,
  type HomeDecision,
  type HomeFacts,
  type HomeInput,
  type HomePolicy,
} from './home/decide.ts';
export { evolveHome, type HomeEvent } from './home/evolve.ts';
export { answerExtension, type ExtensionAnswer } from './home/extend.ts';
export { committedBy, usedBy } from './home/held.ts';
export type { HomeState, HomeVerdict, LocalUse } from './home/state.ts';
export { decide } from './ledger/decide.ts';
export { type CommandResult, createLedger, type Ledger, type StoredFact } from './ledger/ledger.ts';
export {
  type Advert,
  type Decision,
  type HomeDecisionEntry,
  type InternalCommand,
  isHomeDecision,
  type LedgerCommand,
  type LedgerView,
} from './ledger/view.ts';
export {
  basesOf,
  candidates,
  type Ranking,
  type RankingOptions,
  rankCandidates,
} from './matching/candidates.ts';
export {
  freeOf,
  neededSpan,
  type Rejection,
  type RejectionCode,
  rejections,
  restedFreeOf,
  restRejection,
  takenOf,
} from './matching/eligibility.ts';
export { freeByHour, HOUR_MS, type Shortage, type Supply, shortages } from './matching/forecast.ts';
export { ASSUMED_PENCE_PER_UNIT_HOUR, ASSUMED_PENCE_PER_UNIT_KM } from './matching/optimum/cost.ts';
export { fillInTurn } from './matching/optimum/greedy.ts';
export type {
  Optimum,
  OptimumModel,
  Programme,
  Row,
  Session,
  Solved,
  Solver,
  Stage,
} from './matching/optimum/model.ts';
export { partsOf } from './matching/optimum/parts.ts';
export {
  assignmentsOf,
  type LeftOut,
  type Problem,
  type ProblemColumn,
  type ProblemLine,
  problemOf,
} from './matching/optimum/problem.ts';
export { solveOptimum } from './matching/optimum/solve.ts';
export type { LeftOutCode, LeftOutReason, Source, SourceOptions } from './matching/optimum/sources.ts';
export { strainOf } from './matching/optimum/strain.ts';
export {
  type Approach,
  approachesOf,
  PLAN_PAIRS_MAX,
  type PlanFacts,
  planFactsOf,
  viewOfFacts,
} from './matching/plan/facts.ts';
export { type Proposal, type ProposalOptions, proposalOf } from './matching/plan/proposal.ts';
export { chooseRecipients } from './matching/recipients.ts';
export {
  byRoads,
  distanceKm,
  greatCircle,
  ROAD_FACTOR,
  ROAD_SPEED_KM_PER_HOUR,
  type Road,
  type TravelTimes,
  travelMinutes,
} from './matching/travel.ts';
export { WEIGHTS, type Weights, weightsInForce } from './matching/weights.ts';
export { evolveRequest, type RequestEvent } from './request/evolve.ts';
export { answersOf, type LineCounts, lineCounts, lineOf, requestStatus } from './request/lines.ts';
export { OFFERS_PER_REQUEST_MAX } from './request/offering.ts';
export { mayCoordinate } from './request/plan.ts';
export {
  type Acceptance,
  type Answer,
  answerKey,
  type Offer,
  type OfferFacts,
  type Phase,
  type Preparation,
  type RequestState,
} from './request/state.ts';
export { deadlinesOf, settledAfter } from './request/timers.ts';
export { wasAsked } from './request/unsolicited.ts';
export { covers, freeOver, overlaps, peakOver, type Taken } from './time/intervals.ts';
export { spanFor, weekEnd, weekName, weekStart, widenToWeeks } from './time/weeks.ts';
