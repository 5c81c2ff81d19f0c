import type { AskAnswer, ForecastRow } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { listQuery } from '../../api/reads.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { usePlace } from '../../shell/place.ts';
import { useCapabilityName } from '../../words/orgs.ts';
import { dayAndTime, span } from '../../words/time.ts';

/** Where cover goes against the national floors in the days ahead; the API tells it to the centres. */
export const ForecastTable = () => {
  const nameOf = useCapabilityName();
  const forecast = useQuery(listQuery<AskAnswer<'forecast'>>(usePlace(), 'forecast'));
  const columns: Column<ForecastRow>[] = [
    { header: 'Capability', cell: ({ code }) => nameOf(code) },
    { header: 'Floor', numeric: true, cell: ({ floor }) => floor },
    { header: 'Free now', numeric: true, cell: ({ freeNow }) => freeNow },
    { header: 'Least', numeric: true, cell: ({ freeLeast }) => freeLeast },
    { header: 'From', cell: ({ leastAt }) => dayAndTime(leastAt) },
    {
      header: 'Under the floor',
      cell: ({ below }) =>
        below.length === 0 ? (
          <span className="mu-quiet">at no time</span>
        ) : (
          <>
            <Tag colour="red">Short</Tag>{' '}
            {below.map(({ from, to, freeLeast }) => `${span(from, to)} (${freeLeast})`).join('; ')}
          </>
        ),
    },
  ];
  return (
    <Loaded query={forecast}>
      {({ rows, from, to }) => (
        <Table
          caption={`Against the national floors, ${span(from, to)}`}
          columns={columns}
          rows={rows}
          keyOf={({ code }) => code}
          empty="There is no floor to hold it against."
        />
      )}
    </Loaded>
  );
};
