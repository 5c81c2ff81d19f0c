import type { BoardLine, BoardRequest } from '@muster/contracts';
import { memo } from 'react';
import { Link } from 'react-router';
import { Countdown } from '../../parts/countdown.tsx';
import { FillBar } from '../../parts/fill-bar.tsx';
import { Tag } from '../../parts/tag.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useCapabilityName, useOrgName } from '../../words/orgs.ts';
import { tokenWords, URGENCIES } from '../../words/requests.ts';
import { span } from '../../words/time.ts';

const counts = (line: BoardLine): string =>
  [
    [line.offering, 'offering'],
    [line.waiting, 'to answer'],
    [line.declined, 'declined'],
    [line.silent, 'silent'],
    [line.unsolicited ?? 0, 'unsolicited'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ') || 'nobody asked';

const LineRow = ({ line }: { line: BoardLine }) => {
  const nameOf = useCapabilityName();
  return (
    <li className="mu-line">
      <div className="mu-line__what">
        <span title={line.code}>
          {line.wanted} × {nameOf(line.code)}
        </span>{' '}
        {line.isLate && <Tag colour="red">Late</Tag>}{' '}
        {line.leftOut && <Tag colour="orange">{line.leftOut} taken and left out</Tag>}
        {line.exhausted && <Tag colour="red">Nobody left to ask</Tag>}
      </div>
      <FillBar {...line} />
      <div className="mu-quiet">{counts(line)}</div>
      <div className="mu-quiet">{span(line.from, line.to)}</div>
    </li>
  );
};

const Row = memo(({ request }: { request: BoardRequest }) => {
  const nameOf = useOrgName();
  const place = usePlace();
  const urgency = URGENCIES[request.urgency];
  const [next] = request.deadlines.filter(({ at }) => at !== request.answerBy);
  return (
    <tr className="govuk-table__row">
      <th scope="row" className="govuk-table__header mu-table__name">
        <Link className="govuk-link" to={pathTo(place, 'request', request.host, request.requestId)}>
          {request.reason}
        </Link>
        <div className="mu-quiet">{nameOf(request.host)}</div>
      </th>
      <td data-header="Urgency" className="govuk-table__cell">
        <Tag colour={urgency.colour}>{urgency.words}</Tag>
        <div className="mu-quiet">tier {request.tier}</div>
      </td>
      <td data-header="Lines" className="govuk-table__cell">
        <ul className="mu-lines">
          {request.lines.map((line) => (
            <LineRow key={line.lineId} line={line} />
          ))}
        </ul>
        {!request.isWhole && <div className="mu-quiet">your own answers and offers only</div>}
      </td>
      <td data-header="Answer by" className="govuk-table__cell">
        <Countdown to={request.answerBy} />
      </td>
      <td data-header="Next" className="govuk-table__cell">
        {next ? (
          <>
            <span className="mu-block">{tokenWords(next.name)}</span> <Countdown to={next.at} />
          </>
        ) : (
          <span className="mu-quiet">nothing set</span>
        )}
      </td>
    </tr>
  );
});

export const RequestsTable = ({ requests, empty }: { requests: readonly BoardRequest[]; empty: string }) =>
  requests.length === 0 ? (
    <p className="govuk-body mu-quiet">{empty}</p>
  ) : (
    <table className="govuk-table mu-table mu-board">
      <caption className="govuk-visually-hidden">Open requests, those that need most attention first</caption>
      <thead className="govuk-table__head">
        <tr className="govuk-table__row">
          {['Request', 'Urgency', 'Lines', 'Answer by', 'Next'].map((header) => (
            <th key={header} scope="col" className="govuk-table__header">
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="govuk-table__body">
        {requests.map((request) => (
          <Row key={`${request.host}/${request.requestId}`} request={request} />
        ))}
      </tbody>
    </table>
  );
