import type { MusterEvent } from '@muster/contracts';
import type { Answer, RequestState } from './state.ts';

type Own = RequestState & { answers: Map<string, Answer> };

/** Events that say how far a request has gone, and who has seen it. */
export type ReachEvent = MusterEvent<
  | 'muster.request.escalation_asked.v1'
  | 'muster.request.escalation_overdue.v1'
  | 'muster.request.escalated.v1'
  | 'muster.request.unfilled.v1'
  | 'muster.request.unfilled_acknowledged.v1'
  | 'muster.request.acknowledged.v1'
  | 'muster.request.ask_withdrawn.v1'
>;

/** Changes a private copy in place. */
export const applyReach = (state: Own, event: ReachEvent, at: string): void => {
  switch (event.type) {
    case 'muster.request.escalation_asked.v1': {
      const { toTier, acceptBy } = event.data;
      state.reach = { ...state.reach, asked: { toTier, acceptBy, isOverdue: false } };
      return;
    }
    case 'muster.request.escalation_overdue.v1': {
      const { asked } = state.reach;
      if (asked) state.reach = { ...state.reach, asked: { ...asked, isOverdue: true } };
      return;
    }
    case 'muster.request.escalated.v1':
      state.tier = event.data.toTier;
      state.reach = { ...state.reach, asked: undefined };
      return;
    case 'muster.request.unfilled.v1': {
      const { lineId, missing } = event.data;
      state.unfilled = new Map([...state.unfilled, [lineId, { missing, since: at, isAcknowledged: false }]]);
      return;
    }
    case 'muster.request.unfilled_acknowledged.v1': {
      const known = state.unfilled.get(event.data.lineId);
      if (!known) return;
      state.unfilled = new Map([...state.unfilled, [event.data.lineId, { ...known, isAcknowledged: true }]]);
      return;
    }
    case 'muster.request.acknowledged.v1':
      state.acknowledged = new Map([...state.acknowledged, [event.data.force, event.data.receivedAt]]);
      return;
    case 'muster.request.ask_withdrawn.v1': {
      const { force } = event.data;
      for (const [key, answer] of state.answers) {
        if (key.startsWith(`${force}/`) && answer.answer !== 'declined') {
          state.answers.set(key, { answer: 'withdrawn' });
        }
      }
      return;
    }
  }
};
