import type { AskAnswer } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { oralApprovalsQuery } from '../../api/reads.ts';
import { nowMs } from '../../clock.ts';
import { AddressChoice } from '../../parts/address-choice.tsx';
import { Figures } from '../../parts/figures.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { dayAndTime } from '../../words/time.ts';
import { lastMonths } from '../costs/last-months.ts';
import { ApprovalsTable } from './approvals-table.tsx';
import { DAY_CHOICES, type Period, periodOf } from './period.ts';

/** Months that can be chosen: this one and a year before it. */
const MONTHS_SHOWN = 13;

const Totals = ({ inTime, late, awaited, refused }: AskAnswer<'oral-approvals'>['totals']) => (
  <Figures
    label="Totals of the period"
    figures={[
      { label: 'In writing in time', value: inTime },
      { label: 'Late', value: late, isAlarm: true },
      { label: 'Not yet in writing', value: awaited },
      { label: 'Refused in writing', value: refused },
    ]}
  />
);

/** The months to choose from, that of the address among them however long ago it is. */
const monthChoices = (now: number, { from, to }: Period): [string, string][] => {
  const latest = lastMonths(now, MONTHS_SHOWN);
  const asked = to === undefined ? [] : lastMonths(Date.parse(from), 1);
  const older = asked.filter(({ value }) => latest.every((each) => each.value !== value));
  return [...latest, ...older].map(({ value, label }) => [value, label]);
};

/** Every approval by word of mouth of a period, and whether it was decided in writing in time. */
export const Component = () => {
  useDocumentTitle('Approvals by word of mouth');
  const place = usePlace();
  const [search] = useSearchParams();
  const [openedAt] = useState(nowMs);
  const period = periodOf(search.get('period') ?? '', openedAt);
  const approvals = useQuery(oralApprovalsQuery(place, period));
  const months = monthChoices(openedAt, period);
  return (
    <>
      <Link className="govuk-back-link" to={pathTo(place, 'evidence')}>
        Evidence
      </Link>
      <h1 className="govuk-heading-l">Approvals by word of mouth</h1>
      <p className="govuk-body">
        In an emergency a request goes out on the word of a post, which then has to decide in writing.
      </p>
      <AddressChoice name="period" label="Recorded" options={[...DAY_CHOICES, ...months]} />
      <Loaded query={approvals}>
        {({ asOf, totals, items, cursor }) => (
          <>
            <Totals {...totals} />
            <p className="govuk-body mu-quiet">
              As of {dayAndTime(asOf)}.
              {cursor !== undefined && ' There are more than are shown; choose a shorter period.'}
            </p>
            <ApprovalsTable rows={items} count={totals.all} />
          </>
        )}
      </Loaded>
    </>
  );
};
