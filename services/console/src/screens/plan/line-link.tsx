import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { requestsQuery } from '../../api/reads.ts';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';

type LineLinkProps = { host: string; requestId: string; lineId: string };

/** A line by what its request is for, leading to the request. */
export const LineLink = ({ host, requestId, lineId }: LineLinkProps) => {
  const place = usePlace();
  const nameOf = useOrgName();
  const { data } = useQuery(requestsQuery(place));
  const request = data?.items.find((each) => each.host === host && each.requestId === requestId);
  return (
    <>
      <Link className="govuk-link" to={pathTo(place, 'request', host, requestId)}>
        {request?.terms.specialDemandReason ?? requestId}
      </Link>
      <div className="mu-quiet">
        {nameOf(host)}, line {lineId}
      </div>
    </>
  );
};
