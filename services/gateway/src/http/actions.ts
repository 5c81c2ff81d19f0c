import { isCommandId, REFUSAL_CODES } from '@muster/contracts';
import {
  mayCoordinate,
  maySeeClaim,
  maySeeDeployment,
  maySeeRequest,
  type RequestState,
  seesAll,
} from '@muster/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type ActionParts,
  type ActionView,
  claimActions,
  deploymentActions,
  generalActions,
  requestActions,
} from '../actions/allowed.ts';
import { homeActions } from '../actions/home.ts';
import { personRole } from '../session/person.ts';
import type { View } from '../views/view.ts';
import { sendTagged } from './asks.ts';
import { modeOf } from './guard.ts';
import { outputSchema } from './parameters.ts';
import type { Parts } from './parts.ts';
import { notReadYet, Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';

const action = z.object({ command: z.string(), target: z.record(z.string(), z.unknown()) });
const actionsAnswer = z.object({
  /** Place in the ledger at which this was so. */
  seq: z.int(),
  /** What you may look at beside a request; of requests alone. */
  looks: z.object({ candidates: z.boolean(), plan: z.boolean() }).optional(),
  actions: z.array(
    z.discriminatedUnion('allowed', [
      action.extend({
        allowed: z.literal(true),
        role: personRole,
        /** Fields that this choice needs, though the command as such can do without. */
        needs: z.array(z.string()).optional(),
      }),
      action.extend({
        allowed: z.literal(false),
        because: z.array(z.object({ code: z.enum([...REFUSAL_CODES, 'policy']), because: z.string() })),
      }),
    ]),
  ),
});

type Looks = { candidates: boolean; plan: boolean };

const looksOf = ({ policy, duty }: ActionParts, request: RequestState): Looks => {
  const may = (query: string): boolean => policy.rolesFor(duty, query).length > 0;
  const { org } = duty;
  const isIts = mayCoordinate(org, request.host) && seesAll(org, request);
  return { candidates: isIts && may('candidates'), plan: isIts && may('plan') };
};

type Told = { actions: ActionView[]; looks?: Looks };

type Ask = (view: View, of: ActionParts, ids: { owner: string; id: string }) => Told | undefined;

const ASKED: Readonly<Record<string, { path: string; about: string; ask: Ask }>> = {
  request: {
    path: '/requests/:owner/:id/actions',
    about: 'What you may do about a request, and why not',
    ask: ({ ledger }, of, { owner, id }) => {
      const request = ledger.view.request(owner, id);
      return request && maySeeRequest(of.duty.org, request)
        ? {
            actions: [...requestActions(of, request), ...homeActions(of, request)],
            looks: looksOf(of, request),
          }
        : undefined;
    },
  },
  deployment: {
    path: '/deployments/:owner/:id/actions',
    about: 'What you may do about a deployment, and why not',
    ask: ({ ledger }, of, { owner, id }) => {
      const row = ledger.view.deployment(owner, id);
      return row && maySeeDeployment(of.duty.org, row) ? { actions: deploymentActions(of, row) } : undefined;
    },
  },
  claim: {
    path: '/claims/:owner/:id/actions',
    about: 'What you may do about the claim for a deployment, and why not',
    ask: ({ ledger }, of, { owner: donor, id: claimId }) => {
      const claim = ledger.view.claim(donor, claimId);
      const row = ledger.view.deployment(donor, claimId);
      const maySee = claim
        ? maySeeClaim(of.duty.org, claim)
        : row !== undefined && maySeeDeployment(of.duty.org, row);
      return maySee ? { actions: claimActions(of, { donor, claimId }, claim) } : undefined;
    },
  },
  general: {
    path: '/actions',
    about: 'What you may begin',
    ask: (_, of) => ({ actions: generalActions(of) }),
  },
};

const idsOf = (request: FastifyRequest): { owner: string; id: string } => {
  const { owner = '', id = '' } = request.params as Record<string, string>;
  if ((owner !== '' || id !== '') && !(isCommandId(owner) && isCommandId(id))) {
    throw new Problem(
      'invalid',
      'owner and id are letters, digits, "_" and "-": take them from a list, such as /v1/<mode>/requests',
    );
  }
  return { owner, id };
};

const paramsOf = (path: string) => {
  const ids = path.includes(':owner') ? ['owner', 'id'] : [];
  return {
    ...modeParameter,
    required: ['mode', ...ids],
    properties: {
      ...modeParameter.properties,
      ...Object.fromEntries(ids.map((id) => [id, { type: 'string' }])),
    },
  };
};

/** Which actions are allowed and why not, so that a browser holds no rules. */
export const actionRoutes = (app: FastifyInstance, parts: Parts): void => {
  for (const [kind, { path, about, ask }] of Object.entries(ASKED)) {
    const schema = {
      tags: ['you'],
      summary: about,
      operationId: `${kind}-actions`,
      params: paramsOf(path),
      querystring: { type: 'object', properties: { as: { type: 'string' } } },
      response: {
        200: { description: 'Each action.', ...outputSchema(actionsAnswer) },
        '4xx': problemAnswer,
      },
    };
    app.get(`/v1/:mode${path}`, { schema }, async (request, reply) => {
      const mode = modeOf(request);
      const { duty } = parts.guard.acting(request, 'actions');
      const view = parts.viewOf(mode);
      if (!(await view.catchUp())) throw notReadYet();
      const told = ask(
        view,
        {
          policy: parts.policy,
          duty,
          view: view.ledger.view,
          now: new Date(parts.clock.now()).toISOString(),
          onFault: (command, error) =>
            request.log.warn({ err: error, command }, 'a command could not be tried out'),
        },
        idsOf(request),
      );
      if (!told) {
        const { owner, id } = idsOf(request);
        throw new Problem('not-found', `there is no ${kind} ${id} of ${owner} that ${duty.org} may see`);
      }
      return sendTagged(request, reply, duty.org, { seq: view.seq(), ...told });
    });
  }
};
