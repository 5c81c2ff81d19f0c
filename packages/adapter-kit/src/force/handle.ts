import type { EventType } from '@muster/contracts';
import type { StoredEvent, Verdict, WorkMessage } from '@muster/mesh';
import { onNotice } from '../answer/answer.ts';
import { onExtensionRequested } from '../answer/extension.ts';
import { onBookingChanged } from '../home/booking.ts';
import { onReleased } from '../home/returns.ts';
import type { ForceLink } from './link.ts';
import type { ForceOptions } from './options.ts';
import type { ForceState } from './resume.ts';

const is = <T extends EventType>(stored: StoredEvent, type: T): stored is StoredEvent<T> =>
  stored.event.type === type;

/**
 * What the force does about one event that is addressed to it. Every effect carries an id that follows from
 * the event's, so the same message handled twice is handled once.
 */
export const handleEvent = async (
  link: ForceLink,
  options: ForceOptions,
  state: ForceState,
  message: WorkMessage,
  onNewEpoch: () => void,
): Promise<Verdict> => {
  const decoded = message.decode();
  if (!decoded.ok) return { do: 'dead', reason: 'bad-event', because: decoded.because };
  const { stored } = decoded;
  if (is(stored, 'muster.booking.changed.v1')) {
    const policy = { policy: options.confirm };
    return onBookingChanged({ link, policy, onNewEpoch, ...state }, stored, message);
  }
  if (is(stored, 'muster.request.notice.v1')) {
    return onNotice({ link, answer: options.answer, ...state }, stored, message);
  }
  if (is(stored, 'muster.resource.released.v1') && options.returnUndeparted === 'automatic') {
    return stored.event.data.donor === link.force ? onReleased(link, stored, message) : { do: 'ack' };
  }
  if (is(stored, 'muster.extension.requested.v1') && options.answer === 'automatic') {
    return stored.event.data.donor === link.force
      ? onExtensionRequested({ link, ...state }, stored, message)
      : { do: 'ack' };
  }
  return { do: 'ack' };
};
