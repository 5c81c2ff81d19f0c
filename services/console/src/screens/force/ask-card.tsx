import type { BoardAction, BoardRequest } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Link } from 'react-router';
import { type ActionRow, requestActionsQuery } from '../../api/reads.ts';
import { Actions } from '../../parts/act/actions.tsx';
import { Countdown } from '../../parts/countdown.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Tag } from '../../parts/tag.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { commandWords } from '../../words/commands.ts';
import { useCapabilityName, useOrgName } from '../../words/orgs.ts';
import { URGENCIES } from '../../words/requests.ts';
import { span } from '../../words/time.ts';

const Lines = ({ request }: { request: BoardRequest }) => {
  const nameOf = useCapabilityName();
  return (
    <ul className="govuk-list govuk-list--bullet">
      {request.lines.map(({ lineId, code, wanted, from, to }) => (
        <li key={lineId}>
          {wanted} of {nameOf(code)}, <span className="mu-quiet">{span(from, to)}</span>
        </li>
      ))}
    </ul>
  );
};

/** What an asked force answers by. */
const ANSWERS: readonly string[] = ['request-acknowledge', 'offer-make', 'offer-decline'];

type AskProps = {
  ask: BoardAction;
  request: BoardRequest | undefined;
  isOpen: boolean;
  onToggle(): void;
};

const Answers = ({ ask, request }: Pick<AskProps, 'ask' | 'request'>) => {
  const nameOf = useCapabilityName();
  const actions = useQuery(requestActionsQuery(usePlace(), ask.host, ask.requestId));
  const wordsOf = ({ command, target }: ActionRow): string => {
    const line = request?.lines.find(({ lineId }) => lineId === target.lineId);
    return target.capabilityId === undefined
      ? commandWords(command)
      : `${commandWords(command)}: ${String(target.capabilityId)} for ${line ? nameOf(line.code) : ''}`;
  };
  return (
    <Loaded query={actions}>
      {(read) => (
        <Actions
          actions={read.actions.filter(({ command }) => ANSWERS.includes(command))}
          wordsOf={wordsOf}
          heading="h4"
          title="Your answer"
        />
      )}
    </Loaded>
  );
};

/** A request that waits for our answer; what may be answered is read once it is opened. */
export const AskCard = ({ ask, request, isOpen, onToggle }: AskProps) => {
  const place = usePlace();
  const orgName = useOrgName();
  const heading = useId();
  return (
    <article className="mu-card" aria-labelledby={heading}>
      <h3 id={heading} className="govuk-heading-s">
        <Link className="govuk-link" to={pathTo(place, 'request', ask.host, ask.requestId)}>
          {request?.reason ?? ask.about}
        </Link>{' '}
        <span className="mu-quiet">{orgName(ask.host)}</span>
      </h3>
      <p className="govuk-body mu-tight">
        {request && <Tag colour={URGENCIES[request.urgency].colour}>{URGENCIES[request.urgency].words}</Tag>}{' '}
        {ask.by !== undefined && (
          <>
            answer <Countdown to={ask.by} />
          </>
        )}{' '}
        {ask.isLate && <Tag colour="red">Late</Tag>}
      </p>
      {request && <Lines request={request} />}
      <button
        type="button"
        className="govuk-button govuk-button--secondary"
        aria-expanded={isOpen}
        aria-describedby={heading}
        onClick={onToggle}
      >
        {isOpen ? 'Close' : 'Offer or decline'}
      </button>
      {isOpen && <Answers ask={ask} request={request} />}
    </article>
  );
};
