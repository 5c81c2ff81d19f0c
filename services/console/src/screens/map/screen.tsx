import type { DeploymentView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { allDeploymentsQuery, capabilitiesOfQuery } from '../../api/reads.ts';
import { AddressChoice } from '../../parts/address-choice.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { useOrgName, useReference } from '../../words/orgs.ts';
import { Picture } from './picture.tsx';
import { coverByForce, type Flow, type ForceCover, flows } from './places.ts';

const useColumns = () => {
  const nameOf = useOrgName();
  const { forces } = useReference();
  const cover: Column<ForceCover>[] = [
    { header: 'Force', cell: ({ force }) => nameOf(force) },
    { header: 'At', cell: ({ force }) => forces.find(({ id }) => id === force)?.hqTown ?? '' },
    { header: 'Free now', numeric: true, cell: ({ free }) => free },
    { header: 'Advertised', numeric: true, cell: ({ advertised }) => advertised },
  ];
  const away: Column<Flow>[] = [
    { header: 'From', cell: ({ donor }) => nameOf(donor) },
    { header: 'At', cell: ({ host }) => nameOf(host) },
    { header: 'Units', numeric: true, cell: ({ quantity }) => quantity },
  ];
  return { cover, away };
};

const MapOf = ({
  code,
  cover,
  deployments,
}: {
  code: string;
  cover: readonly ForceCover[];
  deployments: readonly DeploymentView[];
}) => {
  const { org } = usePlace();
  const { forces } = useReference();
  const columns = useColumns();
  const away = flows(deployments.filter(({ isOver }) => !isOver));
  return (
    <div className="mu-split">
      <div>
        <Picture forces={forces} cover={cover} flows={away} org={org} />
        <ul className="mu-map-key govuk-body-s">
          <li>Ring: a force, at its headquarters; yours has a thick one.</li>
          <li>Green: it has some of the capability; the larger, the more is free.</li>
          <li>Line: units lent from one to the other; the thicker, the more.</li>
        </ul>
      </div>
      <div>
        <Table
          caption="Who has how much"
          columns={columns.cover}
          rows={cover}
          keyOf={({ force }) => force}
          empty={code === '' ? 'Choose a capability to see who has it.' : 'Nobody advertises it.'}
        />
        <Table
          caption="Units away now"
          columns={columns.away}
          rows={away}
          keyOf={({ donor, host }) => `${donor}/${host}`}
          empty="No units are away."
        />
      </div>
    </div>
  );
};

/** Where the forces are, what they have of a capability, and whose units are where. */
export const Component = () => {
  useDocumentTitle('Map');
  const place = usePlace();
  const { capabilities } = useReference();
  const [search] = useSearchParams();
  const code = search.get('code') ?? '';
  const adverts = useQuery({ ...capabilitiesOfQuery(place, code), enabled: code !== '' });
  const deployments = useQuery(allDeploymentsQuery(place));
  const options = capabilities
    .filter(({ advertise }) => advertise)
    .map((each): [string, string] => [each.code, `${each.name} (${each.code})`]);
  return (
    <>
      <h1 className="govuk-heading-l">Map</h1>
      <AddressChoice
        name="code"
        label="Capability"
        options={[['', 'Choose to see who has it'], ...options]}
      />
      {adverts.error && <ProblemNotice problem={problemOf(adverts.error)} />}
      <Loaded query={deployments}>
        {({ items }) => (
          <MapOf code={code} cover={coverByForce(adverts.data?.items ?? [])} deployments={items} />
        )}
      </Loaded>
    </>
  );
};
