import type { FieldFault } from '@muster/contracts';

/** Flags of `request create`, as commander gives them. */
export type RequestFlags = {
  line?: string[];
  threat?: string;
  reason?: string;
  contactDesk?: string;
  urgency?: string;
  legalBasis?: string;
  costCategory?: string;
  costLimitPence?: string;
  incident?: string;
  ask?: string;
  nearest?: string;
  answerBy?: string;
  confirmWithin?: string;
  classification?: string;
  waves?: string;
  tier?: string;
  escalation?: string;
  approval?: string;
  approvedBy?: string;
  approvedAt?: string;
  approvedBecause?: string;
};

/** Keys of `--line`, and the field that each fills. */
const LINE_KEYS: Readonly<Record<string, string>> = {
  id: 'lineId',
  code: 'code',
  quantity: 'quantity',
  minimum: 'minimum',
  from: 'from',
  to: 'to',
  place: 'reportTo',
  accreditations: 'accreditations',
  function: 'function',
};

export const LINE_FORM = `${Object.keys(LINE_KEYS).join('=…,')}=…`;

type Raw = Record<string, unknown>;

const numeric = (text: string): number | string => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

const lineValue = (key: string, text: string): unknown => {
  if (key === 'quantity' || key === 'minimum') return numeric(text);
  if (key === 'accreditations') return text.split('+').filter((part) => part !== '');
  return text;
};

/** Reads `code=CY.RCCU,quantity=2,from=…`; several accreditations are joined by `+`. */
const readLine = (text: string, index: number, faults: FieldFault[]): Raw => {
  const line: Raw = {};
  for (const part of text.split(',')) {
    const [key = '', ...rest] = part.split('=');
    const field = LINE_KEYS[key.trim()];
    if (field === undefined || rest.length === 0) {
      faults.push({ path: `lines[${index}]`, because: `"${part}" is not understood; write ${LINE_FORM}` });
      continue;
    }
    line[field] = lineValue(field, rest.join('=').trim());
  }
  return line;
};

/** Leaves out what was not given, so that defaults and "is missing" apply. */
const given = (fields: Raw): Raw =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const incidentOf = (text: string): Raw => {
  const [ref, ...category] = text.split('/');
  return given({ ref, category: category.length > 0 ? category.join('/') : undefined });
};

const recipientsOf = ({ ask, nearest, waves }: RequestFlags, faults: FieldFault[]): Raw | undefined => {
  if ([ask, nearest, waves].filter((each) => each !== undefined).length > 1) {
    faults.push({ path: 'recipients', because: 'give one of --ask, --nearest and --waves' });
  }
  if (ask !== undefined) return { kind: 'forces', forces: ask.split(',').map((force) => force.trim()) };
  if (waves !== undefined) {
    const [size = '', everyMinutes = ''] = waves.split('/');
    return { kind: 'waves', size: numeric(size), everyMinutes: numeric(everyMinutes) };
  }
  return nearest === undefined ? undefined : { kind: 'nearest', count: numeric(nearest) };
};

const approvalOf = ({ approval, approvedBy, approvedAt, approvedBecause }: RequestFlags): Raw | undefined => {
  if (approval === undefined) return undefined;
  if (approval !== 'oral') return { kind: approval };
  return given({ kind: approval, post: approvedBy, at: approvedAt ?? 'now', reason: approvedBecause });
};

/** What the flags say, in the form of a request file, and what of them cannot be understood at all. */
export const requestFromFlags = (flags: RequestFlags): { raw: Raw; faults: FieldFault[] } => {
  const faults: FieldFault[] = [];
  const raw = given({
    lines: (flags.line ?? []).map((line, index) => readLine(line, index, faults)),
    terms: given({
      urgency: flags.urgency,
      threatCategory: flags.threat,
      legalBasis: flags.legalBasis,
      costCategory: flags.costCategory,
      specialDemandReason: flags.reason,
      incident: flags.incident === undefined ? undefined : incidentOf(flags.incident),
      contactDesk: flags.contactDesk,
    }),
    recipients: recipientsOf(flags, faults),
    answerBy: flags.answerBy,
    confirmWithinMinutes: flags.confirmWithin === undefined ? undefined : numeric(flags.confirmWithin),
    classification: flags.classification,
    tier: flags.tier === undefined ? undefined : numeric(flags.tier),
    escalation: flags.escalation,
    costLimitPence: flags.costLimitPence === undefined ? undefined : numeric(flags.costLimitPence),
    approval: approvalOf(flags),
  });
  return { raw, faults };
};
