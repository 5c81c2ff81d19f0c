import { type ClaimLine, claimLine, type FieldFault, faultsOf } from '@muster/contracts';
import { usage } from '../errors.ts';

const PENCE_PER_POUND = 100;

/** Pence of an amount in pounds, such as `1200` or `400.01`; undefined when it is none. Sums never meet fractions. */
export const readPence = (text: string): number | undefined => {
  const [, pounds, pence = ''] = /^£?(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  if (pounds === undefined) return undefined;
  return Number(pounds) * PENCE_PER_POUND + Number(pence.padEnd(2, '0'));
};

/** Keys of `--line`, and the field that each fills. */
const LINE_KEYS = {
  id: 'lineId',
  category: 'category',
  hours: 'hours',
  rate: 'rateRef',
  amount: 'amountPence',
  evidence: 'evidenceRef',
} as const;

export const MONEY_LINE_FORM = `${Object.keys(LINE_KEYS).join('=…,')}=…`;

const isKey = (key: string): key is keyof typeof LINE_KEYS => Object.hasOwn(LINE_KEYS, key);

const fieldOf = (key: keyof typeof LINE_KEYS, text: string): unknown => {
  if (key === 'amount') return readPence(text) ?? text;
  if (key === 'hours') return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  return text;
};

/** Reads `id=pay,category=overtime,hours=8,amount=400.01`; without an id the category is it. */
const readLine = (text: string, path: string, faults: FieldFault[]): ClaimLine | undefined => {
  const line: Record<string, unknown> = {};
  for (const part of text.split(',')) {
    const [key = '', ...rest] = part.split('=');
    const name = key.trim();
    if (!isKey(name) || rest.length === 0) {
      faults.push({ path, because: `"${part}" is not understood; write ${MONEY_LINE_FORM}` });
      return undefined;
    }
    line[LINE_KEYS[name]] = fieldOf(name, rest.join('=').trim());
  }
  if (typeof line.amountPence !== 'number') {
    faults.push({ path, because: 'needs an amount in pounds, such as amount=400.01' });
    return undefined;
  }
  const parsed = claimLine.safeParse({ lineId: line.category, ...line });
  if (parsed.success) return parsed.data;
  faults.push(...faultsOf(parsed.error).map((fault) => ({ ...fault, path: `${path}.${fault.path}` })));
  return undefined;
};

/**
 * The lines of money that options give.
 * @throws CliError that names every line at fault.
 */
export const readMoneyLines = (written: readonly string[]): ClaimLine[] => {
  const faults: FieldFault[] = [];
  const lines = written.flatMap((text, index) => readLine(text, `--line ${index + 1}`, faults) ?? []);
  if (faults.length > 0) throw usage('The lines cannot be sent', faults);
  return lines;
};
