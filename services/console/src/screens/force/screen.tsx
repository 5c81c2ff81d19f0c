import type { Board, BoardAction } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allDeploymentsQuery, boardQuery, generalActionsQuery, ownAdvertsQuery } from '../../api/reads.ts';
import { Actions } from '../../parts/act/actions.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { useOrgName, useReference } from '../../words/orgs.ts';
import { ToDoTable } from '../board/to-do-table.tsx';
import { AdvertsTable } from './adverts-table.tsx';
import { AskCard } from './ask-card.tsx';
import { AwayTable } from './away-table.tsx';

const keyOf = ({ host, requestId }: BoardAction): string => `${host}/${requestId}`;

const Incoming = ({ board }: { board: Board }) => {
  const [open, setOpen] = useState('');
  const mine = board.actions.filter(({ isMine }) => isMine);
  const asks = mine.filter(({ kind }) => kind === 'answer');
  const others = mine.filter(({ kind, host }) => kind !== 'answer' && host !== board.org);
  return (
    <>
      <section aria-labelledby="asks">
        <h2 id="asks" className="govuk-heading-m">
          Asked of us
        </h2>
        {asks.length === 0 && <p className="govuk-body mu-quiet">Nobody waits for our answer.</p>}
        {asks.map((ask) => (
          <AskCard
            key={keyOf(ask)}
            ask={ask}
            isOpen={open === keyOf(ask)}
            onToggle={() => setOpen(open === keyOf(ask) ? '' : keyOf(ask))}
            request={board.requests.find(
              ({ host, requestId }) => host === ask.host && requestId === ask.requestId,
            )}
          />
        ))}
      </section>
      {others.length > 0 && (
        <ToDoTable caption="Other decisions that wait for us" actions={others} empty="" />
      )}
    </>
  );
};

/** Help for a request that did not ask us: we know of it from outside, by its host, its id and its line. */
const Unasked = () => {
  const { data } = useQuery(generalActionsQuery(usePlace()));
  const may = (data?.actions ?? []).filter(({ command, allowed }) => command === 'offer-make' && allowed);
  return may.length === 0 ? null : (
    <Actions actions={may} title="Not asked of us" wordsOf={() => 'Offer unsolicited'} />
  );
};

/** What a force lends, what is asked of it, and what of it is away. */
const Force = () => {
  const place = usePlace();
  const board = useQuery(boardQuery(place));
  const adverts = useQuery(ownAdvertsQuery(place));
  const deployments = useQuery(allDeploymentsQuery(place, { donor: place.org }));
  return (
    <>
      <Loaded query={board}>{(read) => <Incoming board={read} />}</Loaded>
      <Unasked />
      <Loaded query={deployments}>
        {({ items }) => <AwayTable away={items.filter(({ isOver }) => !isOver)} />}
      </Loaded>
      <Loaded query={adverts}>{({ items }) => <AdvertsTable adverts={items} />}</Loaded>
    </>
  );
};

export const Component = () => {
  useDocumentTitle('My force');
  const { org } = usePlace();
  const { forces } = useReference();
  const nameOf = useOrgName();
  return (
    <>
      <h1 className="govuk-heading-l">My force</h1>
      {forces.some(({ id }) => id === org) ? (
        <Force />
      ) : (
        <p className="govuk-body">{nameOf(org)} is no force: it has no units of its own to lend.</p>
      )}
    </>
  );
};
