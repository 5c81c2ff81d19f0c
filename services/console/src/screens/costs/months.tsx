import { useState } from 'react';
import { withParameters } from '../../api/http.ts';
import { nowMs } from '../../clock.ts';
import { Downloads } from '../../parts/downloads.tsx';
import { Select } from '../../parts/form/field.tsx';
import { usePlace } from '../../shell/place.ts';
import { lastMonths } from './last-months.ts';

/** Months that can be chosen: this one and a year before it. */
const MONTHS_SHOWN = 13;

/** The claims of a month, to be taken away. */
export const Months = () => {
  const { mode, org } = usePlace();
  const [months] = useState(() => lastMonths(nowMs(), MONTHS_SHOWN));
  const [month, setMonth] = useState(months[0]?.value ?? '');
  return (
    <section aria-labelledby="months">
      <h2 id="months" className="govuk-heading-m">
        The claims of a month
      </h2>
      <Select
        id="month"
        label="Month"
        hint="Each claim as it stood at the end of the month, by UK time; of this month, as it stands now."
        value={month}
        onChange={setMonth}
        groups={[{ options: months }]}
      />
      <Downloads
        label="Take the month away"
        files={[
          {
            href: withParameters(`/v1/${mode}/claims-of-month`, { as: org, month }),
            name: `claims-${org}-${month}.csv`,
            words: 'Download the month as CSV',
          },
        ]}
      />
    </section>
  );
};
