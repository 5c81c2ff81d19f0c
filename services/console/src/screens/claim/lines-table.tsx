import type { ClaimView } from '@muster/contracts';
import { type Column, Table } from '../../parts/table.tsx';
import { money } from '../../words/money.ts';
import { tokenWords } from '../../words/requests.ts';

type Line = ClaimView['lines'][number];

const COLUMNS: readonly Column<Line>[] = [
  { header: 'Line', cell: ({ lineId }) => lineId },
  { header: 'For', cell: ({ category }) => tokenWords(category) },
  { header: 'Hours', numeric: true, cell: ({ hours }) => hours ?? '–' },
  { header: 'Rate', cell: ({ rateRef }) => rateRef ?? '–' },
  { header: 'Proof', cell: ({ evidenceRef }) => evidenceRef ?? '–' },
  { header: 'Amount', numeric: true, cell: ({ amountPence }) => money(amountPence) },
];

/** The lines of a claim: those of the estimate until costs are recorded, and after that what is recorded or claimed. */
export const LinesTable = ({ claim: { status, lines, totalPence } }: { claim: ClaimView }) => (
  <Table
    caption={`${status === 'ESTIMATED' ? 'Estimated' : 'Recorded'}: ${money(totalPence)}`}
    columns={COLUMNS}
    rows={lines}
    keyOf={({ lineId }) => lineId}
    empty="There are no lines."
  />
);
