import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useMe } from '../api/me.ts';
import { requestNamedQuery, requestsQuery } from '../api/reads.ts';
import { FIRST_SCREEN, SCREENS } from '../screens/list.ts';
import { pathTo, usePlace } from '../shell/place.ts';
import { useOrgName, useReference } from '../words/orgs.ts';
import { found, type Group, groupsOf } from './entries.ts';

/** What may be the id of a request that the list does not hold. */
const MAY_BE_ID = /^[a-zA-Z0-9-]{4,64}$/;

/** Where one can go, narrowed by what is typed; a whole id also finds a request that no list holds. */
const useGroups = (text: string): Group[] => {
  const place = usePlace();
  const me = useMe();
  const reference = useReference();
  const nameOf = useOrgName();
  const { data } = useQuery(requestsQuery(place));
  const requests = data?.items ?? [];
  const id = text.trim();
  const isListed = requests.some(({ requestId }) => requestId === id);
  const named = useQuery({ ...requestNamedQuery(place, id), enabled: MAY_BE_ID.test(id) && !isListed });
  const groups = found(
    groupsOf({ place, me, screens: SCREENS, firstScreen: FIRST_SCREEN, reference, requests, nameOf }),
    text,
  );
  if (isListed || !named.data) return groups;
  const { host } = named.data;
  const entry = { to: pathTo(place, 'request', host, id), words: id, about: nameOf(host), also: '' };
  return [{ heading: 'Request of that id', entries: [entry] }, ...groups];
};

const valueFor = (heading: string, to: string): string => `${heading} ${to}`;

/** Goes anywhere by a few letters of its name. */
export const Palette = ({ onClose }: { onClose(): void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState('');
  const groups = useGroups(text);
  const values = groups.flatMap(({ heading, entries }) => entries.map(({ to }) => valueFor(heading, to)));
  // The first one at once, so that Enter goes there however fast it follows the letters.
  const current = values.includes(chosen) ? chosen : values[0];
  const navigate = useNavigate();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const goTo = (to: string): void => {
    dialog.current?.close();
    void navigate(to);
  };
  return (
    <dialog ref={dialog} className="mu-palette" aria-label="Go to" onClose={onClose}>
      <Command
        label="Go to"
        shouldFilter={false}
        loop
        vimBindings={false}
        value={current ?? ''}
        onValueChange={setChosen}
      >
        <div className="mu-palette__head">
          <Command.Input
            className="govuk-input"
            autoFocus
            value={text}
            onValueChange={(typed) => {
              setText(typed);
              setChosen('');
            }}
            placeholder="A screen, a request or its id, a force, a capability"
          />
          <button
            type="button"
            className="govuk-button govuk-button--secondary"
            onClick={() => dialog.current?.close()}
          >
            Close
          </button>
        </div>
        <Command.List className="mu-palette__list" label="Places">
          {groups.length === 0 && (
            <Command.Item disabled value="none" className="mu-palette__entry">
              Nothing has all of these words in it.
            </Command.Item>
          )}
          {groups.map(({ heading, entries }) => (
            <Command.Group key={heading} heading={heading}>
              {entries.map(({ to, words, about }) => (
                <Command.Item
                  key={to}
                  value={valueFor(heading, to)}
                  className="mu-palette__entry"
                  onSelect={() => goTo(to)}
                >
                  <span>{words}</span> {about !== '' && <span className="mu-palette__about">{about}</span>}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </dialog>
  );
};
