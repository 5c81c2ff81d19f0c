import type { DeploymentView } from '@muster/contracts';
import { showTime } from '../input/times.ts';
import { shortener } from './ids.ts';
import type { Output } from './print.ts';
import { type Cell, details, table } from './table.ts';

/** Who controls the units; a mark where that is not settled although they are at work. */
const controlOf = ({ control, status, host }: DeploymentView): string => {
  if (!control) return '';
  if (control.proposed) return `${control.with}, ${control.proposed.to} proposed`;
  return control.with === 'donor' && status === 'ON_TASK' ? `donor, not ${host}` : control.with;
};

const recallOf = ({ by, raisedAt }: NonNullable<DeploymentView['recall']>): string =>
  raisedAt === undefined ? showTime(by) : `${showTime(by)}, raised`;

/** What is still to be answered about the stay of the units and about their people. */
const openOf = ({ extension, welfare, secondment, dutyBreaches = [] }: DeploymentView): string =>
  [
    ...(extension ? [`longer? until ${showTime(extension.newEnd)}`] : []),
    ...(welfare?.isOpen ? ['welfare'] : []),
    ...(secondment && !secondment.outcome ? ['secondment review'] : []),
    ...(dutyBreaches.length > 0 ? ['over working time'] : []),
  ].join(', ');

/** Where units came from, and where they went on to, without going home between. */
const chainOf = ({ continues, handedOn }: DeploymentView, short: (id: string) => string): string =>
  [
    ...(continues ? [`from ${short(continues.bookingId)}, away since ${showTime(continues.since)}`] : []),
    ...(handedOn ? [`on to ${short(handedOn.nextDeploymentId)}`] : []),
  ].join('; ');

/** Deployments one under the other. */
export const deploymentsTable = (items: readonly DeploymentView[], color: boolean): string => {
  const short = shortener(items.map((view) => view.deploymentId));
  return table(
    [
      'deployment',
      'donor',
      'host',
      'capability',
      'units',
      'status',
      'since',
      'control',
      'from',
      'to',
      'wanted back',
      'open',
      'assignment',
    ],
    items.map((view): Cell[] => [
      short(view.deploymentId),
      view.donor,
      view.host,
      view.capabilityId,
      view.quantity,
      view.status,
      showTime(view.since),
      controlOf(view),
      showTime(view.from),
      showTime(view.to),
      view.recall && recallOf(view.recall),
      openOf(view),
      chainOf(view, short),
    ]),
    { empty: 'No deployment that you may see.', color },
  );
};

const deskOf = ({ desks }: DeploymentView): string | undefined =>
  desks && `${desks.host} (host), ${desks.donor} (donor)`;

const earlyEndOf = ({ earlyEnd }: DeploymentView): string | undefined =>
  earlyEnd && `${earlyEnd.kind} by ${earlyEnd.by}: ${earlyEnd.reasonCode}`;

const wantedBackOf = ({ recall, donor }: DeploymentView): string | undefined =>
  recall &&
  `${donor} wants them back by ${showTime(recall.by)} (${recall.reasonCode})${
    recall.raisedAt === undefined
      ? `; without an answer it goes to the national centre at ${showTime(recall.raiseAt)}`
      : `; with the national centre since ${showTime(recall.raisedAt)}`
  }`;

const extensionOf = ({ extension, host }: DeploymentView): string | undefined =>
  extension &&
  `${host} asks until ${showTime(extension.newEnd)} (${extension.reason}); answer due ${showTime(extension.answerBy)}`;

const welfareOf = ({ welfare }: DeploymentView): string | undefined => {
  if (!welfare) return undefined;
  if (welfare.isOpen) return 'not said yet how the people are';
  return `${welfare.injuries} injured${welfare.welfareReferral ? ', referred to welfare' : ''}`;
};

const secondmentOf = ({ secondment }: DeploymentView): string | undefined =>
  secondment && (secondment.outcome ?? `to be reviewed since ${showTime(secondment.raisedAt)}`);

const nextFor = ({ donor, host, deploymentId, status }: DeploymentView, org: string): string => {
  const id = `${deploymentId} --as ${org}`;
  if (status === 'CLOSED') return '';
  if (org === donor && status === 'RETURNED') return `\n\nNext:\n  muster deployment debrief ${id}`;
  if (org === donor) return `\n\nNext:\n  muster deployment status ${deploymentId} <status> --as ${org}`;
  return org === host && status === 'ON_TASK' ? `\n\nNext:\n  muster deployment release ${id}` : '';
};

/** One deployment, and everything about it that is open. */
export const deploymentOutput = (view: DeploymentView, org: string): Output => {
  const short = shortener([view.deploymentId]);
  const rows = details([
    ['deployment', view.deploymentId],
    ['donor', view.donor],
    ['host', view.host],
    ['request', `${view.requestId} line ${view.lineId}`],
    ['units', `${view.quantity} of ${view.capabilityId}`],
    ['status', `${view.status} since ${showTime(view.since)}`],
    ['from', showTime(view.from)],
    ['to', showTime(view.to)],
    ['control', controlOf(view)],
    ['desks', deskOf(view)],
    ['wanted back', wantedBackOf(view)],
    ['longer', extensionOf(view)],
    ['asked where', view.statusAsked && `by ${view.statusAsked.by} at ${showTime(view.statusAsked.at)}`],
    ['ended early', earlyEndOf(view)],
    ['people', welfareOf(view)],
    ['secondment', secondmentOf(view)],
    ['working time', (view.dutyBreaches ?? []).join('; ')],
    ['assignment', chainOf(view, short)],
    ['debriefed', (view.debriefed ?? []).join(', ')],
  ]);
  return { json: view, text: `${rows}${nextFor(view, org)}` };
};
