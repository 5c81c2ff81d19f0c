import type { HandoverItem } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { boardQuery } from '../../api/reads.ts';
import { Countdown } from '../../parts/countdown.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { SIDE_WORDS } from '../../words/deployments.ts';
import { actorWords, eventWords } from '../../words/events.ts';
import { useOrgName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import { clockTime, dayAndTime } from '../../words/time.ts';
import { reasonOf } from '../board/reason.ts';
import { keyOf } from './key.ts';

const Changes = ({ item }: { item: HandoverItem }) => {
  const nameOf = useOrgName();
  return item.changes.length === 0 ? (
    <span className="mu-quiet">nothing</span>
  ) : (
    <details className="govuk-details mu-changes">
      <summary className="govuk-details__summary">
        <span className="govuk-details__summary-text">
          {item.changes.length} {item.changes.length === 1 ? 'change' : 'changes'}
        </span>
        <span className="govuk-visually-hidden"> of {item.about}</span>
      </summary>
      <ul className="govuk-list govuk-details__text">
        {item.changes.map(({ id, type, time, actor }) => (
          <li key={id}>
            <span title={dayAndTime(time)}>{clockTime(time)}</span> {eventWords(type)}{' '}
            <span className="mu-quiet">{actorWords(actor, nameOf)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
};

const Due = ({ deadlines }: { deadlines: HandoverItem['deadlines'] }) =>
  deadlines.length === 0 ? (
    <span className="mu-quiet">nothing set</span>
  ) : (
    <ul className="mu-lines">
      {deadlines.map(({ name, at }) => (
        <li key={`${name} ${at}`}>
          {tokenWords(name)} <Countdown to={at} />
        </li>
      ))}
    </ul>
  );

/** What is open at the organisation's desks; one may choose what goes to another. */
export const HandoverItems = ({
  items,
  chosen,
  onChoose,
}: {
  items: readonly HandoverItem[];
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}) => {
  const place = usePlace();
  const reason = reasonOf(useQuery(boardQuery(place)).data?.requests);
  const reasonFor = ({ kind, owner, id }: HandoverItem): string | undefined =>
    kind === 'request' ? reason({ host: owner, requestId: id }) : undefined;
  const toggle = (key: string): void => {
    const after = new Set(chosen);
    if (!after.delete(key)) after.add(key);
    onChoose(after);
  };
  const columns: Column<HandoverItem>[] = [
    {
      header: 'What',
      cell: (item) => (
        <>
          <label className="mu-tick">
            <input type="checkbox" checked={chosen.has(keyOf(item))} onChange={() => toggle(keyOf(item))} />
            <span>{item.about}</span>
          </label>
          <Link
            className="govuk-link"
            to={pathTo(place, item.kind === 'request' ? 'request' : 'deployments', item.owner, item.id)}
          >
            {reasonFor(item) ?? `Open the ${item.kind}`}
            <span className="govuk-visually-hidden"> {item.about}</span>
          </Link>
        </>
      ),
    },
    { header: 'Status', cell: ({ status, side }) => `${tokenWords(status)} (${SIDE_WORDS[side]})` },
    { header: 'Desk', cell: ({ desk }) => desk },
    { header: 'Due', cell: ({ deadlines }) => <Due deadlines={deadlines} /> },
    { header: 'Changed', cell: (item) => <Changes item={item} /> },
  ];
  return (
    <Table
      caption="Open at our desks"
      columns={columns}
      rows={items}
      keyOf={keyOf}
      empty="Nothing is open here."
    />
  );
};
