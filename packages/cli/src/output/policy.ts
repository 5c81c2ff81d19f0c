import type { AskAnswer, MatchingPolicyView, MatchingWeights } from '@muster/contracts';
import { showTime } from '../input/times.ts';
import type { Output } from './print.ts';
import { type Cell, table } from './table.ts';

/** What each weight is for one of. */
const UNITS: Record<keyof MatchingWeights, string> = {
  lateness: 'minute after the start of the line',
  travel: 'minute on the road',
  tier: 'donor outside the region',
  strain: 'whole gross quantity lent',
  reserve: 'all units below the reserve floor',
  skillFit: 'scheme that is not asked for',
  cost: 'pound that a unit is assumed to cost',
};

const isTerm = (term: string): term is keyof MatchingWeights => term in UNITS;

/** Terms of the rank, in the order in which they are shown. */
export const TERMS = Object.keys(UNITS).filter(isTerm);

const originOf = ({ set }: MatchingPolicyView): string =>
  set ? `set by ${set.by} on ${showTime(set.at)}: ${set.reason}` : 'the committed default';

/** The weights in force, and where they and those before them come from. */
export const policyOutput = (answer: AskAnswer<'matching-policy'>, color: boolean): Output => {
  const { inForce, earlier } = answer;
  const weights = table(
    ['term', 'points', 'for each'],
    TERMS.map((term): Cell[] => [term, inForce.weights[term], UNITS[term]]),
    { empty: '', color },
  );
  const before = earlier.map((each) => `\n${each.version}: ${originOf(each)}`).join('');
  const history = before === '' ? '' : `\n\nBefore it:${before}`;
  return {
    json: answer,
    text: `Matching policy ${inForce.version}, ${originOf(inForce)}\n${weights}${history}`,
  };
};
