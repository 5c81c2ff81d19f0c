import type { Alert } from '@muster/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { post, withParameters } from '../../api/http.ts';
import { useMe } from '../../api/me.ts';
import { type Problem, problemOf } from '../../api/problem.ts';
import { alertsQuery } from '../../api/reads.ts';
import { useIsReadOnly } from '../../live/live.tsx';
import { AddressChoice } from '../../parts/address-choice.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { pathToDo, usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';
import { TO_DO } from '../../words/requests.ts';
import { dayAndTime } from '../../words/time.ts';

const ALL = 'all';

const Standing = ({ alert: { acknowledged, endedAt, unansweredAt } }: { alert: Alert }) => {
  if (acknowledged)
    return (
      <>
        <Tag colour="green">Acknowledged</Tag> by {acknowledged.by}, {dayAndTime(acknowledged.at)}
        {acknowledged.note !== undefined && `: ${acknowledged.note}`}
      </>
    );
  if (endedAt !== undefined) return <Tag colour="grey">Over</Tag>;
  return unansweredAt === undefined ? (
    <Tag colour="yellow">Open</Tag>
  ) : (
    <Tag colour="red">Nobody answered</Tag>
  );
};

const Called = ({ alert: { called, sent } }: { alert: Alert }) => (
  <ol className="mu-plain-list">
    {called.map(({ post: name, at }, step) => {
      const channels = sent.filter((one) => one.step === step).map(({ channel }) => channel);
      return (
        <li key={at}>
          {name}, {dayAndTime(at)} ({channels.length === 0 ? 'not told yet' : channels.join(', ')})
        </li>
      );
    })}
  </ol>
);

/** Acknowledges an alert; sent twice it changes nothing further. */
const useAcknowledge = () => {
  const { mode, org } = usePlace();
  const { csrf } = useMe();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const acknowledge = async (alertId: string): Promise<void> => {
    setBusy(alertId);
    setProblem(undefined);
    try {
      await post(withParameters(`/v1/${mode}/alerts/${alertId}/acknowledge`, { as: org }), csrf, {
        body: {},
      });
    } catch (error) {
      setProblem(problemOf(error));
    }
    await queries.invalidateQueries({ queryKey: [mode, org, 'alerts'] });
    setBusy(undefined);
  };
  return { acknowledge, busy, problem };
};

const AlertsTable = ({ alerts, leftOut }: { alerts: Alert[]; leftOut: number }) => {
  const place = usePlace();
  const nameOf = useOrgName();
  const isReadOnly = useIsReadOnly();
  const { acknowledge, busy, problem } = useAcknowledge();
  const columns: Column<Alert>[] = [
    {
      header: 'What',
      cell: (alert) => (
        <Link className="govuk-link" to={pathToDo(place, alert)}>
          {TO_DO[alert.kind]}
        </Link>
      ),
    },
    { header: 'For', cell: ({ org, desk }) => [nameOf(org), desk].filter(Boolean).join(', ') },
    { header: 'Due', cell: ({ by }) => (by === undefined ? 'no time set' : dayAndTime(by)) },
    { header: 'Called', cell: (alert) => <Called alert={alert} /> },
    { header: 'Standing', cell: (alert) => <Standing alert={alert} /> },
    {
      header: 'To do',
      cell: ({ alertId, org, kind, acknowledged, endedAt }) =>
        acknowledged || endedAt !== undefined ? (
          ''
        ) : org === place.org ? (
          <button
            type="button"
            className="govuk-button govuk-button--secondary mu-in-row"
            disabled={isReadOnly || busy !== undefined}
            onClick={() => void acknowledge(alertId)}
          >
            {busy === alertId ? 'Sending…' : 'Acknowledge'}
            <span className="govuk-visually-hidden">: {TO_DO[kind]}</span>
          </button>
        ) : (
          <span className="mu-quiet">{nameOf(org)} alone can</span>
        ),
    },
  ];
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <Table
        caption="Alerts"
        isCaptionHidden
        columns={columns}
        rows={alerts}
        keyOf={({ org, alertId }) => `${org}/${alertId}`}
        empty="Nobody is being called."
      />
      {leftOut > 0 && <p className="govuk-body mu-quiet">{leftOut} more are left out, older ones.</p>}
    </>
  );
};

/** Whom the alerter has called by e-mail or pager, and who has taken it on. */
export const CalledOut = () => {
  const place = usePlace();
  const [search] = useSearchParams();
  const alerts = useQuery(alertsQuery(place, search.get('show') === ALL));
  return (
    <section aria-labelledby="called-out">
      <h2 id="called-out" className="govuk-heading-m">
        Called out of hours
      </h2>
      <p className="govuk-body">
        When a desk is not at work, the first name on its list is told by e-mail or pager of what waits, then
        the next one until somebody acknowledges. Whoever acknowledges sees to it, and nobody further is
        called.
      </p>
      <AddressChoice
        name="show"
        label="Alerts"
        options={[
          ['', 'Open'],
          [ALL, 'All of the last day'],
        ]}
      />
      <Loaded query={alerts}>
        {({ alerts: rows, leftOut }) => <AlertsTable alerts={rows} leftOut={leftOut} />}
      </Loaded>
    </section>
  );
};
