/** Rules of rest and working time, as data: a decision records the version that it was held against. */
export type DutyRules = {
  version: string;
  /** Most minutes on duty, travel included, at which units may still arrive at their task. */
  onDutyMinutesMax: number;
};

/**
 * What holds now. Our assumption: 13 hours is what a daily rest of 11 hours leaves of a day; no public rule for
 * units on mutual aid was found. Rest between two deployments is stated by each advert (`minRestMinutes`).
 */
export const DUTY_RULES: DutyRules = { version: '2026-11', onDutyMinutesMax: 13 * 60 };
