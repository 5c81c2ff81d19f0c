import {
  BODY_BYTES_MAX,
  COMMANDS,
  type Command,
  type CommandReply,
  commandReply,
  faultsOf,
  isAlertCommandName,
  isCommandName,
  isRefusal,
  type Mode,
  type Refusal,
  refuse,
} from '@muster/contracts';
import type { Msg } from '@nats-io/nats-core';
import { type MessageContext, messageContext } from '../context.ts';
import type { Link } from '../wire/link.ts';
import { commandFilter, readIncoming } from './incoming.ts';
import { type Server, serveLoop, UNANSWERED } from './loop.ts';

/** Commands that one process handles at once; beyond that it answers `unavailable`. */
export const COMMANDS_IN_FLIGHT_MAX = 1_024;

export type CommandServerOptions = {
  /** Queue group: of all processes with the same one, one takes each command. */
  queue: string;
  inFlightMax?: number;
  /**
   * Answers only after the events are stored. `undefined`, or a throw, when it is not known whether they
   * were: the sender then gets no answer and sends the same command again.
   */
  handle(command: Command, context: MessageContext): Promise<CommandReply | undefined>;
};

const commandIdOf = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'commandId' in body && typeof body.commandId === 'string'
    ? body.commandId
    : undefined;

const replyOf = (refusal: Refusal, body?: unknown): string => {
  const { refused, because, fields } = refusal;
  return JSON.stringify({ ok: false, refused, because, fields, commandId: commandIdOf(body) });
};

/** Answers the commands of one mode. */
export const serveCommands = (
  mesh: Pick<Link, 'nc' | 'log'>,
  mode: Mode,
  options: CommandServerOptions,
): Server => {
  const log = mesh.log.child({ service: options.queue, mode });

  const answer = async (msg: Msg): Promise<string | undefined> => {
    const incoming = readIncoming(msg, BODY_BYTES_MAX);
    if (isRefusal(incoming)) return replyOf(incoming);
    const { org, name, body } = incoming;
    // The alerter answers it.
    if (isAlertCommandName(name)) return undefined;
    if (!isCommandName(name)) return replyOf(refuse('invalid', `there is no command "${name}"`), body);
    const parsed = COMMANDS[name].safeParse(body);
    if (!parsed.success) {
      return replyOf(refuse('invalid', 'the body does not fit', faultsOf(parsed.error)), body);
    }
    const command = { name, org, body: parsed.data } as Command;
    const { commandId } = command.body;
    const context = messageContext(log, incoming.traceparent, { org, command: name, commandId });
    try {
      const reply = await options.handle(command, context);
      return reply && JSON.stringify(commandReply.parse(reply));
    } catch (error) {
      context.log.error({ err: error }, UNANSWERED);
      return undefined;
    }
  };

  return serveLoop(
    { nc: mesh.nc, log },
    {
      subjects: [commandFilter(mode)],
      queue: options.queue,
      inFlightMax: options.inFlightMax ?? COMMANDS_IN_FLIGHT_MAX,
      answer,
      refused: (refusal) => replyOf(refusal),
    },
  );
};
