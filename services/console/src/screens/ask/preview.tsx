import type { CapabilityView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { capabilitiesQuery } from '../../api/reads.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';
import { fromLocalInput } from '../../words/time.ts';
import type { LineForm } from './form.ts';

/** Time without a change after which is looked, in milliseconds. */
const QUIET_MS = 350;
/** Capabilities looked at, and how many of them are listed. */
const LOOKED_AT = 100;
const LISTED = 6;
/** As far as the search of the registry goes. */
const WITHIN_KM = 2_000;

const useQuiet = <T,>(value: T): T => {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return quiet;
};

const isPoint = ({ lat, lon }: LineForm): boolean =>
  [lat, lon].every((text) => text.trim() !== '' && Number.isFinite(Number(text)));

/** Who has what the line needs, while it is being written: the nearest first. Whom the broker ranks how is told once it is sent. */
export const Preview = ({ line }: { line: LineForm }) => {
  const place = usePlace();
  const nameOf = useOrgName();
  const quiet = useQuiet(line);
  const search = {
    code: quiet.code,
    limit: LOOKED_AT,
    from: fromLocalInput(quiet.from),
    to: fromLocalInput(quiet.to),
    ...(isPoint(quiet) ? { 'near.lat': quiet.lat, 'near.lon': quiet.lon, 'near.withinKm': WITHIN_KM } : {}),
  };
  const { data } = useQuery({ ...capabilitiesQuery(place, search), enabled: quiet.code !== '' });
  if (quiet.code === '' || !data) return null;
  const others = data.items
    .filter(({ force, free }) => force !== place.org && free > 0)
    .sort((a, b) => (a.distanceKm ?? 0) - (b.distanceKm ?? 0));
  const free = others.reduce((sum, each) => sum + each.free, 0);
  const forces = new Set(others.map(({ force }) => force)).size;
  const columns: Column<CapabilityView>[] = [
    { header: 'Force', cell: ({ force }) => nameOf(force) },
    { header: 'Free', numeric: true, cell: (each) => `${each.free} of ${each.quantity}` },
    {
      header: 'Distance',
      numeric: true,
      cell: ({ distanceKm }) => (distanceKm === undefined ? '–' : `${Math.round(distanceKm)} km`),
    },
  ];
  return (
    <div className="mu-preview" role="status">
      <p className="govuk-body">
        {free === 0
          ? 'No other force has any free in that time.'
          : `${free} free at ${forces} other ${forces === 1 ? 'force' : 'forces'} in that time.`}
      </p>
      {free > 0 && (
        <Table
          caption="Nearest"
          isCaptionHidden
          columns={columns}
          rows={others.slice(0, LISTED)}
          keyOf={({ force, capabilityId }) => `${force}/${capabilityId}`}
          empty=""
        />
      )}
    </div>
  );
};
