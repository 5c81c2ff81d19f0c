import type { ClaimView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { claimsQuery } from '../../api/reads.ts';
import { type Notice, useNotices } from '../../notices/notices.ts';
import { AddressChoice } from '../../parts/address-choice.tsx';
import { Figures } from '../../parts/figures.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { CLAIM_STATUS_WORDS, CLAIM_STATUSES_IN_ORDER } from '../../words/claims.ts';
import { money } from '../../words/money.ts';
import { TO_DO } from '../../words/requests.ts';
import { ToDoTable } from '../board/to-do-table.tsx';
import { ClaimsTable } from './claims-table.tsx';
import { Months } from './months.tsx';

const ALL = 'all';
const SIDES = { owed: 'Owed to us', owing: 'Owed by us' } as const;

const SIDE_CHOICES: readonly (readonly [string, string])[] = [['', 'Both sides'], ...Object.entries(SIDES)];

const STATUS_CHOICES: readonly (readonly [string, string])[] = [
  ['', 'Not yet settled'],
  [ALL, 'All'],
  ...Object.entries(CLAIM_STATUS_WORDS).map(([value, { words }]): [string, string] => [value, words]),
];

const isAboutCosts = ({ item, kind }: Notice): boolean => item.kind === 'claim' || kind === 'estimate-costs';

const isChosen = (claim: ClaimView, org: string, side: string, status: string): boolean =>
  (side !== 'owed' || claim.donor === org) &&
  (side !== 'owing' || claim.host === org) &&
  (status === ALL || (status === '' ? !claim.isSettled : claim.status === status));

const Totals = ({ claims, org }: { claims: readonly ClaimView[]; org: string }) => {
  const open = claims.filter(({ isSettled }) => !isSettled);
  const sum = (rows: readonly ClaimView[]): string =>
    money(rows.reduce((all, { totalPence }) => all + totalPence, 0));
  return (
    <Figures
      label="Totals of what is not settled"
      figures={[
        { label: SIDES.owed, value: sum(open.filter(({ donor }) => donor === org)) },
        { label: SIDES.owing, value: sum(open.filter(({ host }) => host === org)) },
        { label: 'Agreed, to be paid', value: sum(open.filter(({ status }) => status === 'AGREED')) },
        {
          label: 'Overdue',
          value: open.filter(({ isOverdue }) => isOverdue).length,
          isAlarm: true,
        },
      ]}
    />
  );
};

/** Every claim in which the organisation takes part, by stage, with what it comes to and what waits. */
export const Component = () => {
  useDocumentTitle('Costs and claims');
  const place = usePlace();
  const [search] = useSearchParams();
  const side = search.get('side') ?? '';
  const status = search.get('status') ?? '';
  const claims = useQuery(claimsQuery(place));
  const notices = useNotices();
  const mine = notices.data?.notices.filter(isAboutCosts) ?? [];
  const toDo = ({ donor, claimId }: ClaimView): string[] =>
    mine.filter(({ item }) => item.owner === donor && item.id === claimId).map(({ kind }) => TO_DO[kind]);
  return (
    <>
      <h1 className="govuk-heading-l">Costs and claims</h1>
      <Loaded query={claims}>
        {({ items, cursor }) => {
          const shown = items.filter((claim) => isChosen(claim, place.org, side, status));
          return (
            <>
              <Totals claims={items} org={place.org} />
              <ToDoTable caption="Waits for you" actions={mine} empty="Nothing about costs waits for you." />
              <div className="mu-row">
                <AddressChoice name="side" label="Whose" options={SIDE_CHOICES} />
                <AddressChoice name="status" label="Stage" options={STATUS_CHOICES} />
              </div>
              {shown.length === 0 && <p className="govuk-body mu-quiet">There is no such claim.</p>}
              {CLAIM_STATUSES_IN_ORDER.map((stage) => {
                const rows = shown.filter((claim) => claim.status === stage);
                return rows.length > 0 && <ClaimsTable key={stage} status={stage} rows={rows} toDo={toDo} />;
              })}
              {cursor !== undefined && (
                <p className="govuk-body mu-quiet">There are more; the export of a month has them all.</p>
              )}
              <Months />
            </>
          );
        }}
      </Loaded>
    </>
  );
};
