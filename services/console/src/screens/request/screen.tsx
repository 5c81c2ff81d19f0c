import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { requestActionsQuery, requestQuery } from '../../api/reads.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { Tag } from '../../parts/tag.tsx';
import { usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { useOrgName } from '../../words/orgs.ts';
import { REQUEST_STATUS_WORDS, URGENCIES } from '../../words/requests.ts';
import { Deployments } from './deployments.tsx';
import { Line } from './line.tsx';
import { Offers } from './offers.tsx';
import { RequestPlan } from './plan.tsx';
import { RequestActions } from './request-actions.tsx';
import { Terms } from './terms.tsx';
import { Timeline } from './timeline.tsx';

/** One request: what is asked, who could help, what is on offer, what may be done, and all that has happened. */
export const Component = () => {
  const { host = '', requestId = '' } = useParams();
  const place = usePlace();
  const nameOf = useOrgName();
  const { data: request, error } = useQuery(requestQuery(place, host, requestId));
  const { data: actions } = useQuery(requestActionsQuery(place, host, requestId));
  useDocumentTitle(request?.terms.specialDemandReason ?? 'Request');
  if (!request) {
    return (
      <>
        <h1 className="govuk-heading-l">Request</h1>
        {error ? <ProblemNotice problem={problemOf(error)} /> : <p className="govuk-body">Loading…</p>}
      </>
    );
  }
  const status = REQUEST_STATUS_WORDS[request.status];
  const urgency = URGENCIES[request.terms.urgency];
  return (
    <>
      <span className="govuk-caption-l">Request of {nameOf(host)}</span>
      <h1 className="govuk-heading-l mu-tight">{request.terms.specialDemandReason}</h1>
      <p className="govuk-body">
        <Tag colour={status.colour}>{status.words}</Tag> <Tag colour={urgency.colour}>{urgency.words}</Tag>{' '}
        tier {request.tier}
      </p>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {request.lines.map((line) => (
        <Line
          key={line.line.lineId}
          view={line}
          request={request}
          showsCandidates={actions?.looks?.candidates === true}
        />
      ))}
      <Offers request={request} actions={actions?.actions ?? []} />
      {actions?.looks?.plan && <RequestPlan request={request} />}
      <RequestActions actions={actions?.actions ?? []} request={request} />
      <Deployments request={request} />
      <Terms request={request} />
      <Timeline requestId={requestId} />
    </>
  );
};
