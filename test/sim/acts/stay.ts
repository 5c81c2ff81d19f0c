import { NATIONAL_CENTRE } from '@muster/contracts';
import type { DeploymentState } from '@muster/domain';
import { POSTS } from '../cast.ts';
import type { Generators, Stage } from './stage.ts';

const OUT: readonly string[] = ['COMMITTED', 'MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'];

const isOut = ({ status }: DeploymentState): boolean => OUT.includes(status);

/** Minutes after which a stay is no loan any more, and some. */
const TOO_LONG_MINUTES = 60 * 24 * 60;

/** A deployment that fits, and who speaks of it: mostly the side that may. */
const oneOf = (
  { dice, deployments }: Stage,
  isFit: (of: DeploymentState) => boolean,
  side: 'donor' | 'host',
) => {
  const of = dice.prefer(deployments, isFit);
  if (!of) return undefined;
  const { donor, deploymentId, host } = of;
  const isHost = dice.once(8) ? side === 'donor' : side === 'host';
  return {
    ...{ of, org: isHost ? host : donor, actor: isHost ? POSTS.requester : POSTS.donor },
    name: { donor, deploymentId },
  };
};

/** How long units stay, and how their people are. */
export const STAY_GENERATORS = {
  'extension-ask': (stage) => {
    const one = oneOf(stage, isOut, 'host');
    if (!one) return undefined;
    const { dice, after } = stage;
    const newEnd = after(dice.once(3) ? TOO_LONG_MINUTES : 1_600 + dice.below(2_000));
    return { org: one.org, actor: one.actor, body: { ...one.name, newEnd, reason: 'It goes on' } };
  },
  'extension-answer': (stage) => {
    const isAsked = (of: DeploymentState): boolean => of.extension !== undefined && !of.extension.reserved;
    const one = oneOf(stage, isAsked, 'donor');
    if (!one) return undefined;
    const { dice } = stage;
    const said = dice.of(['accept', 'accept', 'accept', 'provisional', 'decline'] as const);
    return {
      ...{ org: one.org, actor: one.actor },
      body: {
        ...{ ...one.name, extensionId: one.of.extension?.extensionId ?? 'none', answer: said },
        ...(said === 'decline' && { reasonCode: 'own-demand' }),
        ...(said === 'provisional' && { condition: 'With relief' }),
      },
    };
  },
  'welfare-answer': (stage) => {
    const one = oneOf(stage, ({ welfare }) => welfare?.isOpen === true, 'donor');
    if (!one) return undefined;
    return { org: one.org, actor: one.actor, body: { ...one.name, injuries: 1, welfareReferral: true } };
  },
  'secondment-review': (stage) => {
    const isRaised = ({ secondment }: DeploymentState): boolean =>
      secondment !== undefined && secondment.outcome === undefined;
    const one = oneOf(stage, isRaised, 'host');
    if (!one) return undefined;
    const isNational = stage.dice.once(2);
    return {
      org: isNational ? NATIONAL_CENTRE : one.org,
      actor: isNational ? POSTS.national : one.actor,
      body: { ...one.name, outcome: 'stays-mutual-aid', reason: 'By agreement' },
    };
  },
} satisfies Generators<'extension-ask' | 'extension-answer' | 'welfare-answer' | 'secondment-review'>;
