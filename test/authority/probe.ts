import { eventually } from '@muster/testkit';
import { errors, headers, type NatsConnection, type PermissionViolationError } from '@nats-io/nats-core';

/** Header under which a probe that was published is known again. */
export const PROBE = 'muster-probe';

/** A subject that no user may use: once the server has refused it, it has dealt with all before it. */
const LAST = 'refused.to.everybody';
/** Longest wait for an answer, in milliseconds. */
const ANSWER_MS = 10_000;

/**
 * Publishes to every subject, each carrying its own name.
 * @returns those that the server refused.
 */
export const publishAll = async (nc: NatsConnection, subjects: readonly string[]): Promise<Set<string>> => {
  const refused = new Set<string>();
  const status = nc.status();
  const follow = async () => {
    for await (const event of status) {
      if (event.type !== 'error' || !(event.error instanceof errors.PermissionViolationError)) continue;
      if (event.error.operation === 'publish') refused.add(event.error.subject);
      if (refused.has(LAST)) return;
    }
  };
  const followed = follow();
  for (const subject of subjects) {
    const marked = headers();
    marked.set(PROBE, subject);
    nc.publish(subject, '{}', { headers: marked });
  }
  nc.publish(LAST);
  await followed;
  refused.delete(LAST);
  return refused;
};

/** Subscribes to every subject and ends the subscriptions again. @returns those that the server refused. */
export const subscribeAll = async (nc: NatsConnection, subjects: readonly string[]): Promise<Set<string>> => {
  const subscriptions = subjects.map((subject) => ({ subject, sub: nc.subscribe(subject) }));
  const last = nc.subscribe(LAST);
  await nc.flush();
  await eventually(() => last.isClosed(), { what: 'the server refuses the last subscription' });
  const refused = subscriptions.filter(({ sub }) => sub.isClosed()).map(({ subject }) => subject);
  for (const { sub } of subscriptions) if (!sub.isClosed()) sub.unsubscribe();
  return new Set(refused);
};

export type Answer = 'answered' | 'refused' | 'silent';

const isViolation = (error: unknown): error is PermissionViolationError =>
  error instanceof errors.PermissionViolationError ||
  (error instanceof Error && error.cause instanceof errors.PermissionViolationError);

/** Sends a request and says what came of it. */
export const ask = async (nc: NatsConnection, subject: string, body = '{}'): Promise<Answer> => {
  try {
    await nc.request(subject, body, { timeout: ANSWER_MS });
    return 'answered';
  } catch (error) {
    if (isViolation(error)) return 'refused';
    if (error instanceof errors.TimeoutError || error instanceof errors.RequestError) return 'silent';
    throw error;
  }
};
