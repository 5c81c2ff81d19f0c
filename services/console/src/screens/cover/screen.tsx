import type { AskAnswer } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { listQuery } from '../../api/reads.ts';
import { nowMs } from '../../clock.ts';
import { AddressChoice } from '../../parts/address-choice.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { useReference } from '../../words/orgs.ts';
import { span } from '../../words/time.ts';
import { CoverKey, CoverTable } from './cover-table.tsx';
import { ForecastTable } from './forecast-table.tsx';
import { matrixOf } from './matrix.ts';
import { Trend } from './trend.tsx';

const DAY_MS = 86_400_000;
/** How many days ahead one may look. */
const DAYS_AHEAD = 7;

const PERIODS = Array.from({ length: DAYS_AHEAD }, (_, days): [string, string] => [
  String(days),
  days === 0 ? 'The next 24 hours' : `${days === 1 ? 'A day' : `${days} days`} later`,
]);

/** What is free in the country, by capability and region. */
export const Component = () => {
  useDocumentTitle('Cover');
  const place = usePlace();
  const { regions, capabilities, forces } = useReference();
  const [search] = useSearchParams();
  const [openedAt] = useState(nowMs);
  const days = Number(search.get('days') ?? 0);
  const category = search.get('category') ?? '';
  const from = openedAt + days * DAY_MS;
  // Without a period the register looks at the next day from when it is asked.
  const period =
    days === 0 ? {} : { from: new Date(from).toISOString(), to: new Date(from + DAY_MS).toISOString() };
  const cover = useQuery(listQuery<AskAnswer<'cover'>>(place, 'cover', period));
  const categories = [...new Set(capabilities.map((each) => each.category))].sort();
  const codes = new Set(
    capabilities.filter((each) => category === '' || each.category === category).map(({ code }) => code),
  );
  return (
    <>
      <h1 className="govuk-heading-l">Cover</h1>
      <div className="mu-row">
        <AddressChoice name="days" label="When" options={PERIODS} />
        <AddressChoice
          name="category"
          label="Category"
          options={[['', 'All'], ...categories.map((each): [string, string] => [each, each])]}
        />
      </div>
      <Loaded query={cover}>
        {(read) => (
          <>
            <p className="govuk-body">Free throughout {span(read.from, read.to)}.</p>
            <CoverKey />
            <CoverTable rows={matrixOf(read.rows.filter(({ code }) => codes.has(code)))} regions={regions} />
          </>
        )}
      </Loaded>
      <Trend start={openedAt} days={DAYS_AHEAD} />
      {!forces.some(({ id }) => id === place.org) && <ForecastTable />}
    </>
  );
};
