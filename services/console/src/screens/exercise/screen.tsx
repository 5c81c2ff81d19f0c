import type { Mode } from '@muster/contracts';
import { Link } from 'react-router';
import { useMe } from '../../api/me.ts';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { FIRST_SCREEN } from '../list.ts';
import { Reset } from './reset.tsx';

const WORDS: Readonly<Record<Mode, { name: string; here: string; go: string }>> = {
  actual: {
    name: 'The actual mode',
    here: 'You work in earnest: what you ask for is asked of real forces, and units are sent.',
    go: 'Leave the exercise',
  },
  exercise: {
    name: 'The exercise',
    here: 'You work in the exercise: nothing that you do here is sent to anybody in earnest.',
    go: 'Go to the exercise',
  },
};

/** Where one goes from the actual mode to the exercise and back, and what the exercise is. */
export const Component = () => {
  useDocumentTitle('Exercise');
  const { mode, org } = usePlace();
  const { modes } = useMe();
  const others = modes.filter((other) => other !== mode);
  return (
    <>
      <h1 className="govuk-heading-l">Exercise</h1>
      <p className="govuk-body-l">
        <strong>{WORDS[mode].here}</strong>
      </p>
      {others.map((other) => (
        <p key={other} className="govuk-body">
          <Link className="govuk-button" to={pathTo({ mode: other, org }, FIRST_SCREEN)}>
            {WORDS[other].go}
          </Link>
        </p>
      ))}
      {others.length === 0 && (
        <p className="govuk-body">This gateway serves no other mode, so there is nowhere to go from here.</p>
      )}
      <h2 className="govuk-heading-m">What the exercise is</h2>
      <ul className="govuk-list govuk-list--bullet">
        <li>The same screens, rules and time limits as in earnest, over records that are kept apart.</li>
        <li>
          Nothing of it reserves, sends or counts a real unit, and no event of it reaches the actual mode.
        </li>
        <li>
          It is marked: a yellow banner on every page, EXERCISE in every message and notification, and{' '}
          <code>exercise</code> in every address.
        </li>
        <li>All forces share it. Agree with the others before you use it for an exercise of your own.</li>
      </ul>
      {mode === 'exercise' && <Reset />}
    </>
  );
};
