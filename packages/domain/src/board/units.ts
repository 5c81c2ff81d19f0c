import { type DeploymentStatus, NATIONAL_CENTRE } from '@muster/contracts';
import { standingShortfall } from '../booking/upkeep.ts';
import { MAY_PASS_TO } from '../deployment/control.ts';
import { awaitingNext } from '../deployment/next.ts';
import { ENDED, isHome } from '../deployment/parties.ts';
import { SECONDMENT_DAYS } from '../deployment/secondment.ts';
import type { DeploymentState } from '../deployment/state.ts';
import type { LedgerView } from '../ledger/view.ts';
import { GOING_HOME, latenessOf } from './late.ts';
import { estimateWaits } from './money.ts';
import type { Waiting } from './waiting.ts';

/** Units that the host has let go, or that are home: nobody has to go without for them. */
const SETTLED: readonly DeploymentStatus[] = [...GOING_HOME, ...ENDED];

/** Units that can still be somewhere else than where they were. */
const isUnderWay = (status: DeploymentStatus): boolean => !isHome(status) && status !== 'ABORTED';

const recalls = ({ host, donor, lineId, recall, quantity, capabilityId }: DeploymentState): Waiting[] => {
  if (!recall) return [];
  const about = `${donor} wants ${quantity} of ${capabilityId} back from ${host}`;
  const of = { lineIds: [lineId], about, round: recall.requestedAt };
  return recall.raisedAt === undefined
    ? [{ kind: 'answer-recall', waitsFor: [host], ...of, by: recall.raiseAt }]
    : [{ kind: 'settle-recall', waitsFor: [NATIONAL_CENTRE], ...of, by: recall.by }];
};

const controls = (deployment: DeploymentState): Waiting[] => {
  const { host, donor, lineId, control, quantity, capabilityId, status } = deployment;
  const { proposed } = control;
  // A proposal that the units have passed by cannot be confirmed any more.
  if (!proposed || !MAY_PASS_TO[proposed.to].includes(status)) return [];
  const waitsFor = [proposed.by === donor ? host : donor];
  const about = `control of ${quantity} of ${donor} ${capabilityId} to the ${proposed.to}`;
  return [{ kind: 'confirm-control', waitsFor, lineIds: [lineId], about, round: proposed.proposalId }];
};

/** The force has said that it has less than is booked of it; both sides settle who goes without. */
const shortfalls = (
  { host, donor, lineId, capabilityId, status }: DeploymentState,
  view: Pick<LedgerView, 'advert' | 'bookings'>,
  now: string,
): Waiting[] => {
  const short = SETTLED.includes(status) ? undefined : standingShortfall(donor, capabilityId, view, now);
  if (!short) return [];
  const about = `${short.booked} of ${donor} ${capabilityId} are booked, ${short.advertised} advertised`;
  const round = `${short.from} ${short.advertised}`;
  return [
    { kind: 'settle-shortfall', waitsFor: [donor, host], lineIds: [lineId], about, by: short.from, round },
  ];
};

/** What is open about how long units stay, and how their people are. */
const stays = (deployment: DeploymentState, now: string): Waiting[] => {
  const { host, donor, lineId, quantity, capabilityId, extension, welfare, secondment, since } = deployment;
  const units = `${quantity} of ${donor} ${capabilityId}`;
  const lineIds = [lineId];
  const waits: Waiting[] = [];
  // Past its time no answer is taken, and the end stays.
  if (extension && (extension.reserved || now < extension.answerBy)) {
    const about = extension.reserved
      ? `${units} are to stay until ${extension.newEnd}; its home ledger has yet to confirm`
      : `${host} asks to keep ${units} until ${extension.newEnd}`;
    const by = extension.reserved?.confirmBy ?? extension.answerBy;
    const round = extension.extensionId;
    waits.push({ kind: 'answer-extension', waitsFor: [donor], lineIds, about, by, round });
  }
  if (welfare?.isOpen) {
    const about = `nobody has said how the people of ${units} are`;
    waits.push({ kind: 'answer-welfare', waitsFor: [donor], lineIds, about, by: since });
  }
  if (secondment && secondment.outcome === undefined) {
    const about = `${units} are away for more than ${SECONDMENT_DAYS} days in all`;
    const waitsFor = [donor, host, NATIONAL_CENTRE];
    waits.push({ kind: 'review-secondment', waitsFor, lineIds, about, by: secondment.raisedAt });
  }
  return waits;
};

/** Everything that a deployment waits for, and whom. */
export const deploymentWaits = (
  deployment: DeploymentState,
  view: Pick<LedgerView, 'advert' | 'bookings' | 'claim' | 'request'>,
  lineFrom: string | undefined,
  now: string,
): Waiting[] => {
  const { donor, host, lineId, bookingId, status, quantity, capabilityId, statusAsked, debriefed, to } =
    deployment;
  const units = `${quantity} of ${donor} ${capabilityId}`;
  const late = latenessOf(deployment, lineFrom, now);
  const ofDonor = { waitsFor: [donor], lineIds: [lineId] };
  const waits: Waiting[] = [
    ...recalls(deployment),
    ...controls(deployment),
    ...stays(deployment, now),
    ...shortfalls(deployment, view, now),
    ...estimateWaits(deployment, view),
  ];
  if (late?.kind === 'not-arrived') {
    waits.push({
      kind: 'report-status',
      ...ofDonor,
      about: `${units} have not arrived`,
      by: late.due,
      round: late.due,
    });
  } else if (statusAsked && isUnderWay(status)) {
    const about = `${statusAsked.by} asks where ${units} are`;
    waits.push({ kind: 'report-status', ...ofDonor, about, round: statusAsked.at });
  }
  if (late?.kind === 'not-released') {
    const about = `${units} are past the end of their window`;
    waits.push({ kind: 'release', waitsFor: [host], lineIds: [lineId], about, by: to, round: to });
  }
  // What is promised to a next assignment waits for home to confirm that.
  const isPromised = awaitingNext(view.bookings(donor, capabilityId), bookingId) !== undefined;
  if (GOING_HOME.includes(status) && !isPromised) {
    waits.push({ kind: 'report-return', ...ofDonor, about: `${units} are on their way home`, by: to });
  }
  if (status === 'RETURNED' && !debriefed.includes('donor')) {
    waits.push({ kind: 'debrief', ...ofDonor, about: `${units} are home` });
  }
  return waits;
};
