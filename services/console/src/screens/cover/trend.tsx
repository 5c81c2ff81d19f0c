import type { AskAnswer } from '@muster/contracts';
import { useQueries } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { listQuery } from '../../api/reads.ts';
import { AddressChoice } from '../../parts/address-choice.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { usePlace } from '../../shell/place.ts';
import { useReference } from '../../words/orgs.ts';
import { dayAndTime } from '../../words/time.ts';
import { type Day, dayOfRows, periodsFrom } from './days.ts';

/** Loaded by those who look at it. */
const Chart = lazy(() => import('./trend-chart.tsx').then(({ TrendChart }) => ({ default: TrendChart })));

const COLUMNS: Column<Day>[] = [
  { header: 'The day from', cell: ({ from }) => dayAndTime(from) },
  { header: 'Free throughout', numeric: true, cell: ({ free }) => free },
  { header: 'Taken', numeric: true, cell: ({ taken }) => taken },
];

const TrendOf = ({ code, start, days }: { code: string; start: number; days: number }) => {
  const place = usePlace();
  const periods = periodsFrom(start, days);
  const read = useQueries({
    queries: periods.map((period) => listQuery<AskAnswer<'cover'>>(place, 'cover', { ...period, code })),
  });
  const failed = read.find(({ error }) => error);
  if (failed) return <ProblemNotice problem={problemOf(failed.error)} />;
  const shown = periods.flatMap((period, day) => {
    const rows = read[day]?.data?.rows;
    return rows ? [dayOfRows(period, rows)] : [];
  });
  if (shown.length < periods.length) return <p className="govuk-body">Loading…</p>;
  return (
    <div className="mu-split">
      <Suspense fallback={<p className="govuk-body">Loading…</p>}>
        <Chart days={shown} />
      </Suspense>
      <Table
        caption="Day by day"
        isCaptionHidden
        columns={COLUMNS}
        rows={shown}
        keyOf={({ from }) => from}
        empty=""
      />
    </div>
  );
};

/** How the cover of one capability goes in the days ahead, as a chart and in words. */
export const Trend = ({ start, days }: { start: number; days: number }) => {
  const { capabilities } = useReference();
  const [search] = useSearchParams();
  const code = search.get('code') ?? '';
  const options = capabilities
    .filter(({ advertise }) => advertise)
    .map((each): [string, string] => [each.code, `${each.name} (${each.code})`]);
  return (
    <section aria-labelledby="trend">
      <h2 id="trend" className="govuk-heading-m">
        The days ahead
      </h2>
      <AddressChoice name="code" label="Capability" options={[['', 'Choose'], ...options]} />
      {code !== '' && <TrendOf code={code} start={start} days={days} />}
    </section>
  );
};
