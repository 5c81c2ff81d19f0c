import {
  ALERT_COMMANDS,
  type AlertBody,
  type AlertCommandName,
  type AlertReply,
  alertReply,
  BODY_BYTES_MAX,
  faultsOf,
  isAlertCommandName,
  isRefusal,
  type Mode,
  type Refusal,
  refuse,
} from '@muster/contracts';
import type { Link } from '../wire/link.ts';
import { readIncoming } from './incoming.ts';
import { type Server, serveLoop } from './loop.ts';

/** Commands that one process handles at once. */
const IN_FLIGHT_MAX = 64;

export type AlertHandlers = {
  [N in AlertCommandName]: (org: string, body: AlertBody<N>) => Promise<AlertReply>;
};

const refused = (refusal: Refusal): string => JSON.stringify({ ok: false, ...refusal });

/** Answers the commands about alerts of one mode. */
export const serveAlertCommands = (
  mesh: Pick<Link, 'nc' | 'log'>,
  mode: Mode,
  service: string,
  handlers: AlertHandlers,
): Server => {
  const log = mesh.log.child({ service, mode });
  return serveLoop(
    { nc: mesh.nc, log },
    {
      subjects: Object.keys(ALERT_COMMANDS).map((name) => `cmd.${mode}.*.${name}`),
      queue: service,
      inFlightMax: IN_FLIGHT_MAX,
      answer: async (msg) => {
        const incoming = readIncoming(msg, BODY_BYTES_MAX);
        if (isRefusal(incoming)) return refused(incoming);
        const { org, name, body } = incoming;
        if (!isAlertCommandName(name)) return refused(refuse('invalid', `there is no command "${name}"`));
        const parsed = ALERT_COMMANDS[name].safeParse(body);
        if (!parsed.success)
          return refused(refuse('invalid', 'the body does not fit', faultsOf(parsed.error)));
        return JSON.stringify(alertReply.parse(await handlers[name](org, parsed.data)));
      },
      refused,
    },
  );
};
