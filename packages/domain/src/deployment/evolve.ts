import type { MusterEvent } from '@muster/contracts';
import type { DeploymentState } from './state.ts';

export type DeploymentEvent = MusterEvent<
  | 'muster.deployment.opened.v1'
  | 'muster.deployment.status.v1'
  | 'muster.resource.released.v1'
  | 'muster.deployment.returned.v1'
>;

/** The deployment after one more event. `at` is when the event was decided. */
export const evolveDeployment = (
  state: DeploymentState | undefined,
  event: DeploymentEvent,
  at: string,
): DeploymentState | undefined => {
  if (event.type === 'muster.deployment.opened.v1') {
    return state ?? { ...event.data, status: 'COMMITTED', since: at };
  }
  if (!state) return undefined;
  switch (event.type) {
    case 'muster.deployment.status.v1': {
      const { status } = event.data;
      // A repeated status brings a newer position or arrival time; the status itself goes on.
      return status === state.status ? state : { ...state, status, since: event.data.at };
    }
    case 'muster.resource.released.v1':
      return { ...state, status: 'RELEASED', since: event.data.releasedAt };
    case 'muster.deployment.returned.v1':
      return { ...state, status: 'RETURNED', since: event.data.at };
  }
};
