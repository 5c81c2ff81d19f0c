import type { ClaimView } from '@muster/contracts';
import { Link } from 'react-router';
import { ClaimDue } from '../../parts/claim-status.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { CLAIM_STATUS_WORDS } from '../../words/claims.ts';
import { money } from '../../words/money.ts';
import { useOrgName } from '../../words/orgs.ts';
import { costWords } from '../../words/terms.ts';
import { dayOf } from '../../words/time.ts';

const totalOf = (rows: readonly ClaimView[]): number => rows.reduce((sum, row) => sum + row.totalPence, 0);

/** The claims of one stage, with what they come to. */
export const ClaimsTable = ({
  status,
  rows,
  toDo,
}: {
  status: ClaimView['status'];
  rows: readonly ClaimView[];
  /** What waits for the person at a claim, in words. */
  toDo(claim: ClaimView): readonly string[];
}) => {
  const place = usePlace();
  const nameOf = useOrgName();
  const columns: Column<ClaimView>[] = [
    {
      header: 'Claim',
      cell: ({ donor, claimId, host }) => (
        <Link className="govuk-link" to={pathTo(place, 'costs', donor, claimId)}>
          {nameOf(donor)} on {nameOf(host)}
        </Link>
      ),
    },
    { header: 'Amount', numeric: true, cell: ({ totalPence }) => money(totalPence) },
    { header: 'Cost basis', cell: ({ costCategory }) => costWords(costCategory) },
    { header: 'Since', cell: ({ since }) => dayOf(since) },
    { header: 'Next step due', cell: (row) => <ClaimDue {...row} /> },
    { header: 'Waits for you', cell: (row) => toDo(row).join('; ') || '–' },
  ];
  return (
    <Table
      caption={`${CLAIM_STATUS_WORDS[status].words}: ${rows.length}, ${money(totalOf(rows))}`}
      columns={columns}
      rows={rows}
      keyOf={({ donor, claimId }) => `${donor}/${claimId}`}
      empty=""
    />
  );
};
