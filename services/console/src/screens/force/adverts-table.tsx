import type { CapabilityView } from '@muster/contracts';
import { Countdown } from '../../parts/countdown.tsx';
import { Since } from '../../parts/since.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { useCapabilityName } from '../../words/orgs.ts';

const isBelowFloor = ({ free, reserveFloor }: CapabilityView): boolean => free < reserveFloor;

const Left = ({ free, reserveFloor }: CapabilityView) => {
  const left = free - reserveFloor;
  return left < 0 ? <Tag colour="red">{-left} below the floor</Tag> : left;
};

/** Forces write what they count in the plural: `8 teams`, and so `1 team`. */
const counted = (quantity: number, unit: string): string => (quantity === 1 ? unit.replace(/s$/, '') : unit);

/** What the force lends, that of which it has less than it keeps back first: how much is free, what it keeps back, and what is left above that. */
export const AdvertsTable = ({ adverts }: { adverts: readonly CapabilityView[] }) => {
  const nameOf = useCapabilityName();
  const columns: Column<CapabilityView>[] = [
    {
      header: 'Capability',
      cell: ({ code, capabilityId, withdrawn, status }) => (
        <>
          {nameOf(code)} {withdrawn && <Tag colour="grey">Taken back</Tag>}{' '}
          {!withdrawn && status === 'unavailable' && <Tag colour="grey">Unavailable</Tag>}
          <div className="mu-quiet">{capabilityId}</div>
        </>
      ),
    },
    {
      header: 'Advertised',
      cell: ({ quantity, quantityUnit }) => `${quantity} ${counted(quantity, quantityUnit)}`,
    },
    { header: 'Free now', numeric: true, cell: ({ free }) => free },
    { header: 'Reserve floor', numeric: true, cell: ({ reserveFloor }) => reserveFloor },
    { header: 'Left to lend', numeric: true, cell: Left },
    { header: 'Last heard of', cell: ({ confirmedAt }) => <Since at={confirmedAt} /> },
    { header: 'Runs out', cell: ({ expiresAt }) => <Countdown to={expiresAt} isShort /> },
  ];
  return (
    <Table
      caption="What we lend"
      columns={columns}
      rows={[...adverts].sort((a, b) => Number(isBelowFloor(b)) - Number(isBelowFloor(a)))}
      keyOf={({ capabilityId }) => capabilityId}
      empty="We advertise nothing."
    />
  );
};
