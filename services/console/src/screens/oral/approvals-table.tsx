import type { AskAnswer } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { requestsQuery } from '../../api/reads.ts';
import { Countdown } from '../../parts/countdown.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';
import { dayAndTime } from '../../words/time.ts';
import { lateFirst } from './late-first.ts';

type OralApproval = AskAnswer<'oral-approvals'>['items'][number];

const WRITTEN_WORDS = { approved: 'Approved', refused: 'Refused' } as const;

const WrittenTag = ({ written, isLate }: OralApproval) => {
  if (isLate) return <Tag colour="red">Late</Tag>;
  if (written.kind === 'awaited') return <Tag colour="yellow">Awaited</Tag>;
  return <Tag colour="green">In time</Tag>;
};

const InWriting = (row: OralApproval) => {
  const { written, isLate, dueBy } = row;
  return (
    <>
      <WrittenTag {...row} />
      {written.kind === 'awaited' ? (
        <div>
          {isLate ? 'Not yet; was due' : 'Due'} <Countdown to={dueBy} />
        </div>
      ) : (
        <>
          <div>
            {WRITTEN_WORDS[written.kind]} by {written.by}
          </div>
          <div className="mu-quiet">{dayAndTime(written.at)}</div>
          {isLate && <div className="mu-quiet">was due {dayAndTime(dueBy)}</div>}
        </>
      )}
    </>
  );
};

/** Who said yes and who wrote it down; a post, and when. */
const PostAt = ({ post, at }: { post: string; at: string }) => (
  <>
    {post}
    <div className="mu-quiet">{dayAndTime(at)}</div>
  </>
);

/** Who approved what by word of mouth, in what words, and what came of it in writing; the late ones first. */
export const ApprovalsTable = ({ rows, count }: { rows: readonly OralApproval[]; count: number }) => {
  const place = usePlace();
  const nameOf = useOrgName();
  const requests = useQuery(requestsQuery(place)).data?.items ?? [];
  const reasonOf = ({ host, requestId }: OralApproval): string =>
    requests.find((each) => each.host === host && each.requestId === requestId)?.terms.specialDemandReason ??
    requestId;
  const columns: Column<OralApproval>[] = [
    {
      header: 'Request',
      cell: (row) => (
        <>
          <Link className="govuk-link" to={pathTo(place, 'request', row.host, row.requestId)}>
            {reasonOf(row)}
          </Link>
          <div className="mu-quiet">{nameOf(row.host)}</div>
        </>
      ),
    },
    { header: 'Said yes', cell: ({ post, saidAt }) => <PostAt post={post} at={saidAt} /> },
    { header: 'In what words', cell: ({ words }) => words },
    {
      header: 'Recorded by',
      cell: ({ recordedBy, recordedAt }) => <PostAt post={recordedBy} at={recordedAt} />,
    },
    { header: 'In writing', cell: InWriting },
  ];
  return (
    <Table
      caption={`${count} by word of mouth, the late ones first`}
      columns={columns}
      rows={lateFirst(rows)}
      keyOf={({ eventId }) => eventId}
      empty="Nothing was approved by word of mouth in this period."
    />
  );
};
