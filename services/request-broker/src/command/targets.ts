import type { Aggregate, Command, CommandName, EventType } from '@muster/contracts';

/** The one event that every stored command of this name has, and no other command writes together with it. */
export const MARK: Record<CommandName, EventType> = {
  'request-create': 'muster.request.submitted.v1',
  'request-cancel': 'muster.request.cancelled.v1',
  'offer-make': 'muster.offer.made.v1',
  'offer-decline': 'muster.offer.declined.v1',
  'offer-accept': 'muster.offer.accepted.v1',
  'plan-approve': 'muster.plan.approved.v1',
  'direction-record': 'muster.direction.recorded.v1',
  'agreement-record': 'muster.offer.called.v1',
  'deployment-status': 'muster.deployment.status.v1',
  'deployment-release': 'muster.resource.released.v1',
  'deployment-return': 'muster.deployment.returned.v1',
};

/** The aggregate that a command is about. */
export const targetOf = (command: Command): Aggregate => {
  switch (command.name) {
    case 'request-create':
      return { kind: 'request', owner: command.org, id: command.body.commandId };
    case 'request-cancel':
    case 'offer-accept':
      return { kind: 'request', owner: command.org, id: command.body.requestId };
    case 'plan-approve': {
      const [first] = command.body.assignments;
      if (!first) throw new Error('a plan without assignments has passed its schema');
      return { kind: 'request', owner: first.host, id: first.requestId };
    }
    case 'agreement-record': {
      const { for: what, commandId } = command.body;
      const id = what.kind === 'request' ? what.requestId : commandId;
      return { kind: 'request', owner: command.org, id };
    }
    case 'direction-record':
    case 'offer-make':
    case 'offer-decline':
      return { kind: 'request', owner: command.body.host, id: command.body.requestId };
    case 'deployment-status':
    case 'deployment-release':
    case 'deployment-return':
      return { kind: 'deployment', owner: command.body.donor, id: command.body.deploymentId };
  }
};
