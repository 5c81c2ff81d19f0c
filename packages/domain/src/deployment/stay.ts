import type { EventData, MusterEvent } from '@muster/contracts';
import type { DeploymentState, Welfare } from './state.ts';

/** Events of how long units stay, and of how their people are. */
export type StayEvent = MusterEvent<
  | 'muster.extension.requested.v1'
  | 'muster.extension.answered.v1'
  | 'muster.extension.confirmed.v1'
  | 'muster.extension.ended.v1'
  | 'muster.deployment.handed_on.v1'
  | 'muster.deployment.welfare_answered.v1'
  | 'muster.deployment.secondment_review.v1'
  | 'muster.deployment.secondment_reviewed.v1'
>;

const STAY: readonly string[] = [
  'muster.extension.requested.v1',
  'muster.extension.answered.v1',
  'muster.extension.confirmed.v1',
  'muster.extension.ended.v1',
  'muster.deployment.handed_on.v1',
  'muster.deployment.welfare_answered.v1',
  'muster.deployment.secondment_review.v1',
  'muster.deployment.secondment_reviewed.v1',
] satisfies StayEvent['type'][];

export const isStayEvent = (event: { type: string }): event is StayEvent => STAY.includes(event.type);

/** What a return says of the people, or that it leaves it open. */
export const welfareOf = ({
  injuries,
  welfareReferral,
  welfareOpen,
}: EventData<'muster.deployment.returned.v1'>): Welfare =>
  welfareOpen ? { isOpen: true } : { isOpen: false, injuries, welfareReferral };

const withoutExtension = (state: DeploymentState): DeploymentState => {
  const { extension: _, ...rest } = state;
  return rest;
};

type Answered = EventData<'muster.extension.answered.v1'>;

const answered = (state: DeploymentState, data: Answered): DeploymentState => {
  const { extension } = state;
  if (!extension || data.answer === 'decline') return withoutExtension(state);
  const { token, confirmBy, condition } = data;
  const isReserved = token !== undefined && confirmBy !== undefined;
  return {
    ...state,
    extension: { ...extension, condition, ...(isReserved && { reserved: { token, confirmBy } }) },
  };
};

/** The deployment after one more event of its stay. */
export const evolveStay = (state: DeploymentState, event: StayEvent, at: string): DeploymentState => {
  switch (event.type) {
    case 'muster.extension.requested.v1': {
      const { extensionId, newEnd, reason, answerBy } = event.data;
      return { ...state, extension: { extensionId, newEnd, reason, answerBy } };
    }
    case 'muster.extension.answered.v1':
      return answered(state, event.data);
    case 'muster.extension.confirmed.v1':
      return { ...withoutExtension(state), to: event.data.to };
    case 'muster.extension.ended.v1':
      return withoutExtension(state);
    case 'muster.deployment.handed_on.v1': {
      const { nextDeploymentId, at: handedOnAt } = event.data;
      return {
        ...withoutExtension(state),
        status: 'RETURNED',
        since: handedOnAt,
        control: { with: 'donor', since: handedOnAt },
        welfare: { isOpen: true },
        handedOn: { nextDeploymentId, at: handedOnAt },
      };
    }
    case 'muster.deployment.welfare_answered.v1': {
      const { injuries, welfareReferral } = event.data;
      return { ...state, welfare: { isOpen: false, injuries, welfareReferral } };
    }
    case 'muster.deployment.secondment_review.v1':
      return { ...state, secondment: { raisedAt: at } };
    case 'muster.deployment.secondment_reviewed.v1':
      return {
        ...state,
        secondment: { raisedAt: state.secondment?.raisedAt ?? at, outcome: event.data.outcome },
      };
  }
};
