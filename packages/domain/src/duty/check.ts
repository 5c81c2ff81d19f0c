import { type Duty, type DutyOverride, type Interval, type Refusal, refuse } from '@muster/contracts';
import type { Draft } from '../ledger/draft.ts';
import type { Advert } from '../ledger/view.ts';
import { restedFreeOf, restRejection } from '../matching/eligibility.ts';
import { minutesBetween } from '../time/instants.ts';
import { DUTY_RULES, type DutyRules } from './rules.ts';

export type Breach = DutyOverride['breached'][number];

/** A person's word that the rules are passed over. */
export type Override = { reason: string; by: string };

/** Minutes that units will have been on duty at an instant, as far as their force has told. */
export const onDutyMinutes = (
  { dutyStart, lastRestEnd, workedMinutes = 0, travelMinutes = 0 }: Duty,
  at: string,
): number => {
  const begin = dutyStart ?? lastRestEnd;
  const told = workedMinutes + travelMinutes;
  return begin === undefined ? told : Math.max(told, minutesBetween(begin, at));
};

/** The rule of working time that units break at an instant; nothing when their duty is not known. */
export const tiredAt = (duty: Duty | undefined, at: string, rules: DutyRules = DUTY_RULES): Breach[] => {
  const minutes = duty ? Math.round(onDutyMinutes(duty, at)) : 0;
  if (minutes <= rules.onDutyMinutesMax) return [];
  const because = `on duty for ${minutes} minutes at ${at}; at most ${rules.onDutyMinutesMax} are allowed`;
  return [{ rule: 'on-duty', because }];
};

type Units = { duty?: Duty | undefined; estimatedArrival?: string | undefined };

/** Every rule that units break which are to be lent over the span. */
export const breachesOf = (
  { view, now }: Draft,
  advert: Advert,
  {
    span,
    quantity,
    units,
    except,
  }: { span: Interval; quantity: number; units: Units; except?: string | undefined },
): Breach[] => {
  const isRested = restedFreeOf(view, advert, span, now, except) >= quantity;
  const rest: Breach[] = isRested ? [] : [{ rule: 'rest', because: restRejection(advert, span).because }];
  return [...rest, ...tiredAt(units.duty, units.estimatedArrival ?? span.from)];
};

/** What goes on record where rules are broken; undefined where none is, a refusal where nobody passes them over. */
export const passOver = (
  breached: readonly Breach[],
  override: Override | undefined,
  what: string,
): DutyOverride | Refusal | undefined => {
  if (breached.length === 0) return undefined;
  if (override) return { rules: DUTY_RULES.version, breached: [...breached], ...override };
  const because = breached.map((each) => `${each.rule}: ${each.because}`).join('; ');
  const fields = breached.map((each) => ({ path: 'override', because: `${each.rule}: ${each.because}` }));
  return refuse('duty-breach', `${what} should rest (${because}); an override needs a reason`, fields);
};
