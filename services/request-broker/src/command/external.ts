import {
  type Aggregate,
  CLOCK_SKEW_MS_MAX,
  type Command,
  type CommandReply,
  guardSubject,
  type Mode,
  type Refusal,
  refuse,
} from '@muster/contracts';
import type { LedgerView } from '@muster/domain';
import type { Clock, Writer } from '@muster/mesh';
import type { ClassificationOf } from '../views/classifications.ts';
import type { Views } from '../views/views.ts';
import type { Engine } from './engine.ts';
import type { Outcome } from './outcome.ts';
import { markedIn, markOf, targetOf } from './targets.ts';

/** The source attribute of every event that the broker writes. */
export const SOURCE = '/muster/hub/request-broker';

/** The request to which a command belongs. */
const requestOf = (command: Command, view: LedgerView): { host: string; requestId: string } | undefined => {
  const target = targetOf(command);
  if (target.kind === 'request') return { host: target.owner, requestId: target.id };
  if ('host' in command.body && 'requestId' in command.body && target.kind === 'offer') {
    const { host, requestId } = command.body;
    return host === undefined ? undefined : { host, requestId };
  }
  return view.deployment(target.owner, target.id);
};

/** The result of an earlier try, or the refusal of an id that stands for another command. */
export const earlierResult = (views: Views, mode: Mode, command: Command): Outcome | undefined => {
  const { commandId } = command.body;
  const result = views.ledger.result(command.org, commandId);
  if (!result) return undefined;
  const mark = markOf(command.name, result.events);
  const isOf = (target: Aggregate): boolean =>
    mark?.subject.startsWith(guardSubject(mode, target).replace(/>$/, '')) === true;
  if (markedIn(command).some(isOf)) {
    return { kind: 'stored', seq: result.seq, repeated: true, events: result.events };
  }
  const because = `command id "${commandId}" was used for another command; choose a new one`;
  return { kind: 'refused', refusal: refuse('command-id-reused', because) };
};

/** Refuses an event time that lies too far ahead: the sender's clock is wrong, and others would be misled. */
const skewOf = (command: Command, nowMs: number): Refusal | undefined => {
  if (command.name !== 'deployment-status' && command.name !== 'deployment-return') return undefined;
  const aheadMs = Date.parse(command.body.at) - nowMs;
  if (aheadMs <= CLOCK_SKEW_MS_MAX) return undefined;
  const because = `at is ${Math.round(aheadMs / 1_000)} s ahead of the hub's clock, ${CLOCK_SKEW_MS_MAX / 1_000} s are allowed; set the sender's clock right`;
  return refuse('clock-skew', because, [{ path: 'at', because: 'lies in the future' }]);
};

/** The answer to a sender; undefined when nothing definite is known, so that the sender finds it unknown. */
const replyOf = (commandId: string, outcome: Outcome): CommandReply | undefined => {
  switch (outcome.kind) {
    case 'stored':
      return {
        ok: true,
        commandId,
        seq: outcome.seq,
        repeated: outcome.repeated,
        events: outcome.events,
      };
    case 'refused':
      return { ok: false, commandId, ...outcome.refusal };
    case 'nothing':
      return { ok: false, commandId, ...refuse('wrong-status', 'this has been done already') };
    case 'unknown':
      return undefined;
  }
};

export type ExternalOptions = {
  engine: Engine;
  views: Views;
  mode: Mode;
  clock: Clock;
  /** The classification of a request, which all that follows from it carries too. */
  classificationOf: ClassificationOf;
};

/** Handles the commands of organisations; answers only what is proven. */
export const handleCommand = async (
  o: ExternalOptions,
  command: Command,
  traceparent: string | undefined,
): Promise<CommandReply | undefined> => {
  const { org } = command;
  const { commandId, actor } = command.body;
  const skew = skewOf(command, o.clock.now());
  if (skew) return { ok: false, commandId, ...skew };
  const writer = (time: string): Writer => {
    const request = requestOf(command, o.views.ledger.view);
    const inherited = request && o.classificationOf(request.host, request.requestId);
    return {
      org,
      commandId,
      source: SOURCE,
      actor: `${org}/${actor.role}/${actor.id}`,
      time,
      classification: inherited ?? command.body.classification,
      correlationId: request?.requestId,
      traceparent,
    };
  };
  const outcome = await o.engine.run({
    command,
    writer,
    earlier: () => earlierResult(o.views, o.mode, command),
  });
  return replyOf(commandId, outcome);
};
