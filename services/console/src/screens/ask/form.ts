import type { CostCategory, LegalBasis, ThreatCategory, Urgency } from '@muster/contracts';
import type { CommandInput } from '../../api/commands.ts';
import type { Reference } from '../../api/reads.ts';
import { fromLocalInput, toLocalInput } from '../../words/time.ts';

/** A line as it is being written; everything is text until it is sent. */
export type LineForm = {
  code: string;
  quantity: string;
  minimum: string;
  from: string;
  to: string;
  placeName: string;
  lat: string;
  lon: string;
  accreditations: string;
};

/** A request as it is being written. */
export type AskForm = {
  lines: LineForm[];
  urgency: string;
  threat: string;
  legal: string;
  cost: string;
  reason: string;
  incidentRef: string;
  incidentCategory: string;
  desk: string;
  whom: 'nearest' | 'waves' | 'forces';
  nearest: string;
  waveSize: string;
  waveMinutes: string;
  forces: string[];
  answerBy: string;
  escalation: 'automatic' | 'by-hand';
  approval: 'unsaid' | 'person' | 'oral';
  oralPost: string;
  oralAt: string;
  oralReason: string;
};

const HOUR_MS = 3_600_000;
/** What a new form starts from, in milliseconds from now. */
const STARTS = { answerBy: HOUR_MS, from: 4 * HOUR_MS, to: 16 * HOUR_MS };

export const newLine = (org: string, { forces }: Reference, now: number): LineForm => {
  const force = forces.find(({ id }) => id === org);
  return {
    code: '',
    quantity: '',
    minimum: '1',
    from: toLocalInput(now + STARTS.from),
    to: toLocalInput(now + STARTS.to),
    placeName: force?.hqTown ?? '',
    lat: force ? String(force.hqLat) : '',
    lon: force ? String(force.hqLon) : '',
    accreditations: '',
  };
};

export const newForm = (org: string, reference: Reference, now: number): AskForm => ({
  lines: [newLine(org, reference, now)],
  urgency: 'IMMEDIATE',
  threat: '',
  legal: 'PA96-S24',
  cost: '',
  reason: '',
  incidentRef: '',
  incidentCategory: '',
  desk: '',
  whom: 'nearest',
  nearest: '5',
  waveSize: '3',
  waveMinutes: '15',
  forces: [],
  answerBy: toLocalInput(now + STARTS.answerBy),
  escalation: 'automatic',
  approval: 'unsaid',
  oralPost: '',
  oralAt: '',
  oralReason: '',
});

/** What is not written is not sent, and the API says that it is missing. */
const written = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
/** Text that is no number is sent as it is, for the API to say so. */
const number = (text: string): number | undefined =>
  written(text) === undefined || Number.isNaN(Number(text))
    ? (written(text) as unknown as undefined)
    : Number(text);

const lineId = (index: number): string => `line-${index + 1}`;

const lineOf = (line: LineForm, index: number) => ({
  lineId: lineId(index),
  capabilityCode: written(line.code),
  quantity: number(line.quantity),
  minimumQuantity: number(line.minimum),
  from: fromLocalInput(line.from),
  to: fromLocalInput(line.to),
  reportTo: { name: written(line.placeName), lat: number(line.lat), lon: number(line.lon) },
  accreditations: line.accreditations.split(/[\s,]+/).filter((scheme) => scheme !== ''),
});

const recipientsOf = (form: AskForm) => {
  switch (form.whom) {
    case 'nearest':
      return { kind: 'nearest', count: number(form.nearest) };
    case 'waves':
      return { kind: 'waves', size: number(form.waveSize), everyMinutes: number(form.waveMinutes) };
    case 'forces':
      return { kind: 'forces', forces: form.forces };
  }
};

/** What a draft holds. Whether it is complete is for the API to say. */
export const draftBody = (form: AskForm): CommandInput<'request-draft'> =>
  ({
    lines: form.lines.map(lineOf),
    terms: {
      urgency: written(form.urgency) as Urgency,
      threatCategory: written(form.threat) as ThreatCategory,
      legalBasis: written(form.legal) as LegalBasis,
      costCategory: written(form.cost) as CostCategory,
      specialDemandReason: written(form.reason),
      contactDesk: written(form.desk),
      ...(written(form.incidentRef) === undefined && written(form.incidentCategory) === undefined
        ? {}
        : { incident: { ref: written(form.incidentRef), category: written(form.incidentCategory) } }),
    },
    recipients: recipientsOf(form),
    answerBy: fromLocalInput(form.answerBy),
    escalation: form.escalation,
  }) as CommandInput<'request-draft'>;

const approvalOf = (form: AskForm): { approvalRoute?: CommandInput<'request-create'>['approvalRoute'] } => {
  switch (form.approval) {
    case 'unsaid':
      return {};
    case 'person':
      return { approvalRoute: { kind: 'person' } };
    case 'oral': {
      const route = {
        kind: 'oral',
        post: written(form.oralPost),
        at: fromLocalInput(form.oralAt),
        reason: written(form.oralReason),
      };
      return { approvalRoute: route as CommandInput<'request-create'>['approvalRoute'] };
    }
  }
};

export const createBody = (form: AskForm): CommandInput<'request-create'> => ({
  ...draftBody(form),
  ...approvalOf(form),
});
