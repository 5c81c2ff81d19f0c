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
  duty: 'How long the units have been at work',
  dutyStart: 'When their duty began',
  workedMinutes: 'Minutes worked already, if that is not known',
  lastRestEnd: 'When their last rest ended',
  travelMinutes: 'Minutes on the road',
  override: 'Why they go although they should rest',
};

const HINTS: Readonly<Record<string, string>> = {
  lineId: 'A short one of your own, such as pay-1. One that is there already is replaced.',
  rateRef: 'By its name in the rates that both forces go by.',
};

/** The same of fields that stand by themselves, in no list: there they name what is known already. */
const OWN_LABELS: Readonly<Record<string, string>> = { lineId: 'Line', requestId: 'Request' };
const OWN_HINTS: Readonly<Record<string, string>> = {
  lineId: 'By its name in the request.',
  requestId: 'Its whole id.',
};

/** `threatAndRisk` as `Threat and risk`; the path tells whether the field stands by itself. */
export const labelOf = (name: string, path = ''): string =>
  (path === name ? OWN_LABELS[name] : undefined) ??
  LABELS[name] ??
  tokenWords(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2')).replace(/ pence$/, '');

export const hintOf = (name: string, path = ''): string | undefined =>
  (path === name ? OWN_HINTS[name] : undefined) ?? HINTS[name];
