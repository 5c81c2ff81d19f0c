import type { MusterEvent } from '@muster/contracts';
import { earlier } from '../time/instants.ts';
import type { Control, DeploymentState, Recall } from './state.ts';
import { evolveStay, isStayEvent, type StayEvent, welfareOf } from './stay.ts';

export type DeploymentEvent = MusterEvent<
  | 'muster.deployment.opened.v1'
  | 'muster.deployment.status.v1'
  | 'muster.deployment.control_proposed.v1'
  | 'muster.deployment.control_transferred.v1'
  | 'muster.return.requested.v1'
  | 'muster.return.answered.v1'
  | 'muster.return.withdrawn.v1'
  | 'muster.return.raised.v1'
  | 'muster.return.settled.v1'
  | 'muster.resource.released.v1'
  | 'muster.deployment.forfeited.v1'
  | 'muster.deployment.aborted.v1'
  | 'muster.deployment.returned.v1'
  | 'muster.deployment.debriefed.v1'
  | 'muster.deployment.closed.v1'
  | 'muster.deployment.status_requested.v1'
  | 'muster.deployment.desk_taken.v1'
  | StayEvent['type']
>;

const opened = (data: MusterEvent<'muster.deployment.opened.v1'>['data'], at: string): DeploymentState => ({
  ...data,
  status: 'COMMITTED',
  since: at,
  control: { with: 'donor', since: at },
  desks: {},
  debriefed: [],
});

const reported = (
  state: DeploymentState,
  { status, at, duty }: MusterEvent<'muster.deployment.status.v1'>['data'],
): DeploymentState => {
  const { statusAsked: _, ...rest } = state;
  const answered = duty ? { ...rest, duty } : rest;
  // A repeated status brings a newer position or arrival time; the status itself goes on.
  if (state.recall) {
    const { before } = state.recall;
    if (before.status === status) return answered;
    return { ...answered, recall: { ...state.recall, before: { status, since: at } } };
  }
  return status === state.status ? answered : { ...answered, status, since: at };
};

/** Units that are home are their own force's to direct. */
const homeControl = (control: Control, at: string): Control =>
  control.with === 'donor' && !control.proposed ? control : { with: 'donor', since: at };

/** Goes on from where the recall met the units. */
const goOn = (state: DeploymentState): DeploymentState => {
  const { recall, ...rest } = state;
  return recall ? { ...rest, ...recall.before } : state;
};

const withRecall = (state: DeploymentState, change: Partial<Recall>): DeploymentState =>
  state.recall ? { ...state, recall: { ...state.recall, ...change } } : state;

/** The units leave: what was still asked about their stay is over. */
const left = (state: DeploymentState, next: Pick<DeploymentState, 'status' | 'since'>): DeploymentState => {
  const { recall: _recall, extension: _extension, ...rest } = state;
  return { ...rest, ...next };
};

/** The deployment after one more event. `at` is when the event was decided. */
export const evolveDeployment = (
  state: DeploymentState | undefined,
  event: DeploymentEvent,
  at: string,
): DeploymentState | undefined => {
  if (event.type === 'muster.deployment.opened.v1') return state ?? opened(event.data, at);
  if (!state) return undefined;
  if (isStayEvent(event)) return evolveStay(state, event, at);
  switch (event.type) {
    case 'muster.deployment.status.v1':
      return reported(state, event.data);
    case 'muster.deployment.control_proposed.v1': {
      const { proposalId, to, at: from, proposedBy: by } = event.data;
      return { ...state, control: { ...state.control, proposed: { proposalId, to, at: from, by } } };
    }
    case 'muster.deployment.control_transferred.v1':
      return { ...state, control: { with: event.data.to, since: event.data.at } };
    case 'muster.return.requested.v1': {
      const { by, reasonCode, raiseAt } = event.data;
      const before = { status: state.status, since: state.since };
      const recall = { before, requestedAt: at, by, reasonCode, raiseAt };
      return { ...state, status: 'RECALL_PENDING', since: at, recall };
    }
    case 'muster.return.answered.v1':
      // Units that are let go have an event of their own in the same append.
      return event.data.answer === 'keep' ? withRecall(state, { kept: event.data.reason }) : state;
    case 'muster.return.raised.v1':
      return withRecall(state, { raisedAt: event.data.raisedAt });
    case 'muster.return.withdrawn.v1':
      return goOn(state);
    case 'muster.return.settled.v1':
      return event.data.decision === 'stay' ? goOn(state) : state;
    case 'muster.resource.released.v1':
      return left(state, { status: 'RELEASED', since: earlier(event.data.releasedAt, at) });
    case 'muster.deployment.forfeited.v1': {
      const earlyEnd = { kind: 'forfeited', by: state.donor, reasonCode: event.data.reasonCode } as const;
      return { ...left(state, { status: 'ABORTED', since: at }), earlyEnd };
    }
    case 'muster.deployment.aborted.v1': {
      const { abortedBy: by, reasonCode } = event.data;
      const earlyEnd = { kind: 'aborted', by, reasonCode } as const;
      return { ...left(state, { status: 'ABORTED', since: at }), earlyEnd };
    }
    case 'muster.deployment.returned.v1':
      return {
        ...left(state, { status: 'RETURNED', since: event.data.at }),
        control: homeControl(state.control, event.data.at),
        welfare: welfareOf(event.data),
      };
    case 'muster.deployment.debriefed.v1': {
      const side = event.data.by === state.donor ? 'donor' : 'host';
      return { ...state, debriefed: [...state.debriefed.filter((each) => each !== side), side] };
    }
    case 'muster.deployment.closed.v1':
      return { ...state, status: 'CLOSED', since: event.data.at };
    case 'muster.deployment.status_requested.v1':
      return { ...state, statusAsked: { by: event.data.askedBy, at } };
    case 'muster.deployment.desk_taken.v1':
      return { ...state, desks: { ...state.desks, [event.data.side]: event.data.to } };
  }
};
