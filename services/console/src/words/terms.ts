import type { CostCategory, LegalBasis, ThreatCategory } from '@muster/contracts';
import type { Option } from '../parts/form/field.tsx';

const COSTS: Readonly<Record<CostCategory, { label: string; hint: string }>> = {
  EMERGENCY_SPONTANEOUS: { label: 'Emergency, spontaneous', hint: 'Nobody could plan for it.' },
  PLANNED_EVENT: { label: 'Planned event', hint: 'Known beforehand; charged by the guide on mutual aid.' },
  SPECIALIST_STAFF: { label: 'Specialist staff', hint: 'People for what only they can do.' },
  SECONDMENT: { label: 'Secondment', hint: 'For weeks or months.' },
  NIL_PAYBACK: { label: 'No payback', hint: 'Given without a charge.' },
  NATIONAL_FUNDED: { label: 'Nationally funded', hint: 'Paid from a national budget.' },
};

const LEGAL: Readonly<Record<LegalBasis, string>> = {
  'PA96-S24': 'Police Act 1996 s.24: aid of one force by another',
  'PA96-S98': 'Police Act 1996 s.98: across the borders within the UK',
  'PA96-S26': 'Police Act 1996 s.26: overseas',
  'PA96-S22A': 'Police Act 1996 s.22A: collaboration agreement',
  'EA04-S55B': 'Energy Act 2004 s.55B: Civil Nuclear Constabulary',
  'MDPA87-S2B': 'Ministry of Defence Police Act 1987 s.2B',
  'ATCSA01-RTSA03': 'British Transport Police (2001 and 2003 Acts)',
  'CCA13-NCA': 'Crime and Courts Act 2013: National Crime Agency',
  DIRECTED: 'Directed',
};

const THREATS: Readonly<Record<ThreatCategory, string>> = {
  VAWG: 'Violence against women and girls',
  TERRORISM: 'Terrorism',
  SOC: 'Serious and organised crime',
  CYBER: 'National cyber incident',
  CSA: 'Child sexual abuse',
  PUBLIC_DISORDER: 'Public disorder',
  CIVIL_EMERGENCY: 'Civil emergency',
  OTHER_LOCAL: 'Other, local',
};

const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export const COST_OPTIONS: readonly Option[] = Object.entries(COSTS).map(([value, words]) => ({
  value,
  ...words,
}));
export const LEGAL_OPTIONS = optionsOf(LEGAL);
export const THREAT_OPTIONS = optionsOf(THREATS);

export const costWords = (cost: CostCategory): string => COSTS[cost].label;
export const legalWords = (basis: LegalBasis): string => LEGAL[basis];
export const threatWords = (threat: ThreatCategory): string => THREATS[threat];
