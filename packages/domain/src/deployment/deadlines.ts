import type { MusterEvent, TimerName } from '@muster/contracts';
import { reviewAt } from './secondment.ts';

/** The deadlines that events of units on loan set, beside those of recalls. */
export const stayDeadlines = (event: MusterEvent): { timer: TimerName; at: string }[] => {
  const timerOf = (data: { donor: string; deploymentId: string }, name: string): TimerName => ({
    aggregate: { kind: 'deployment', owner: data.donor, id: data.deploymentId },
    name,
  });
  switch (event.type) {
    case 'muster.extension.requested.v1':
      return [{ timer: timerOf(event.data, 'extension'), at: event.data.answerBy }];
    case 'muster.extension.answered.v1':
      return event.data.confirmBy === undefined
        ? []
        : [{ timer: timerOf(event.data, 'extension'), at: event.data.confirmBy }];
    case 'muster.deployment.opened.v1':
      return [
        {
          timer: timerOf(event.data, 'secondment'),
          at: reviewAt(event.data.continues?.since ?? event.data.from),
        },
      ];
    default:
      return [];
  }
};
