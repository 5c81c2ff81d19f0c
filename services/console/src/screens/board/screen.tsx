import type { BoardAction } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { BOARD_ROWS, boardPageQuery } from '../../api/reads.ts';
import { type NoticesAnswer, useNotices } from '../../notices/notices.ts';
import { Figures } from '../../parts/figures.tsx';
import { Pages, usePageNumber } from '../../parts/pages.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { FindForm } from './find-form.tsx';
import { LateTable } from './late-table.tsx';
import { LeftOut } from './left-out.tsx';
import { reasonOf } from './reason.ts';
import { RequestsTable } from './requests-table.tsx';
import { keyOfToDo, ToDoTable } from './to-do-table.tsx';

/** Whether something waits for the person in their roles; of more than is told one by one, everything is taken to. */
const isFor = (notices: NoticesAnswer | undefined, action: BoardAction): boolean =>
  notices === undefined ||
  notices.leftOut > 0 ||
  notices.notices.some((notice) => keyOfToDo(notice) === keyOfToDo(action));

/** Everything open that the organisation looks after or is asked for: what waits for whom, what is short, what is late. */
export const Component = () => {
  useDocumentTitle('Board');
  const place = usePlace();
  const [search] = useSearchParams();
  const find = search.get('find') ?? '';
  const page = usePageNumber();
  const { data: board, error, isPlaceholderData } = useQuery(boardPageQuery(place, page, find));
  const notices = useNotices().data;
  const ours = board?.actions.filter(({ isMine }) => isMine) ?? [];
  const mine = ours.filter((action) => isFor(notices, action));
  const colleagues = ours.filter((action) => !mine.includes(action));
  const others = board?.actions.filter(({ isMine }) => !isMine) ?? [];
  const pages = Math.ceil((board?.found ?? 0) / BOARD_ROWS);
  return (
    <>
      <h1 className="govuk-heading-l">Board</h1>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {!board && !error && <p className="govuk-body">Loading…</p>}
      {board && (
        <>
          <Figures
            label="Totals"
            figures={[
              {
                label: 'Waits for you',
                value: notices ? notices.notices.length + notices.leftOut : board.totals.mine,
              },
              { label: 'Ours, late', value: board.totals.mineLate, isAlarm: true },
              { label: 'Open requests', value: board.totals.requests },
              { label: 'Lines short', value: board.totals.linesShort, isAlarm: true },
              { label: 'Units missing', value: board.totals.unitsMissing, isAlarm: true },
              { label: 'Deployments', value: board.totals.deployments },
              { label: 'Units late', value: board.totals.deploymentsLate, isAlarm: true },
            ]}
          />
          <ToDoTable
            caption="Waits for you"
            actions={mine}
            empty="Nothing waits for you, in your roles."
            reasonOf={reasonOf(board.requests)}
          />
          {colleagues.length > 0 && (
            <ToDoTable
              caption="Waits for other roles of ours"
              actions={colleagues}
              empty=""
              reasonOf={reasonOf(board.requests)}
            />
          )}
          <section aria-labelledby="open-requests">
            <h2 id="open-requests" className="govuk-heading-m">
              Open requests
            </h2>
            <FindForm find={find} />
            <RequestsTable
              requests={board.requests}
              empty={find === '' ? 'No request is open.' : `No open request has “${find}” in it.`}
            />
            <Pages label="Pages of open requests" page={page} pages={pages} isLoading={isPlaceholderData} />
          </section>
          <LateTable late={board.late} />
          <LeftOut count={board.leftOut.late} what="late deployment" />
          <details className="govuk-details">
            <summary className="govuk-details__summary">
              <span className="govuk-details__summary-text">Waits for others ({board.totals.others})</span>
            </summary>
            <div className="govuk-details__text">
              <ToDoTable
                caption="Waits for others"
                actions={others}
                empty="Nothing waits for others."
                reasonOf={reasonOf(board.requests)}
              />
              <LeftOut count={board.leftOut.actions} what="thing to do" />
            </div>
          </details>
        </>
      )}
    </>
  );
};
