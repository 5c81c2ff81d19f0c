import { tokenWords } from '../../words/requests.ts';

/** Words of fields whose names alone do not say well enough what to write. */
const LABELS: Readonly<Record<string, string>> = {
  lineId: 'Name of the line',
  rateRef: 'Rate',
  lat: 'Latitude',
  lon: 'Longitude',
  evidenceRef: 'Where the proof is kept',
  paidAt: 'Paid at',
  paymentRef: 'Payment reference',
};

const HINTS: Readonly<Record<string, string>> = {
  lineId: 'A short one of your own, such as pay-1. One that is there already is replaced.',
  rateRef: 'By its name in the rates that both forces go by.',
};

/** `threatAndRisk` as `Threat and risk`. */
export const labelOf = (name: string): string =>
  LABELS[name] ?? tokenWords(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2')).replace(/ pence$/, '');

export const hintOf = (name: string): string | undefined => HINTS[name];
