import { Link, useLocation } from 'react-router';
import { type Duty, signOut, useMe } from '../api/me.ts';
import { PaletteOpener } from '../palette/opener.tsx';
import { FIRST_SCREEN } from '../screens/list.ts';
import { useOrgName } from '../words/orgs.ts';
import { roleWords } from '../words/roles.ts';
import { pathTo, usePlace } from './place.ts';

/** The same view in another mode; one that is about a thing of this mode would not be found there. */
const useSameScreen = (): string => useLocation().pathname.split('/')[3] || FIRST_SCREEN;

const rolesOf = ({ roles }: Duty): string => roles.map(roleWords).join(', ');

export const ExerciseBanner = () => {
  const place = usePlace();
  return place.mode === 'exercise' ? (
    <section className="mu-exercise" aria-label="Exercise">
      <div className="govuk-width-container">
        <strong>EXERCISE</strong> Nothing here is real: nobody is sent, and no unit is taken.{' '}
        <Link className="mu-exercise__link" to={pathTo(place, 'exercise')}>
          What this is
        </Link>
      </div>
    </section>
  ) : null;
};

const ModeSwitch = () => {
  const { mode, org } = usePlace();
  const { modes } = useMe();
  const screen = useSameScreen();
  return modes
    .filter((other) => other !== mode)
    .map((other) => (
      <Link key={other} className="mu-masthead__link" to={pathTo({ mode: other, org }, screen)}>
        {other === 'exercise' ? 'Go to the exercise' : 'Leave the exercise'}
      </Link>
    ));
};

/** Which organisation the person acts for, and the others that they may act for. */
const OrgSwitch = () => {
  const { mode, org } = usePlace();
  const { duties } = useMe();
  const nameOf = useOrgName();
  const others = duties.filter((duty) => duty.org !== org);
  const here = duties.find((duty) => duty.org === org);
  const words = (
    <>
      <span className="mu-masthead__org">{nameOf(org)}</span>
      {here && <span className="mu-masthead__role">{rolesOf(here)}</span>}
    </>
  );
  if (others.length === 0) return <div className="mu-masthead__place">{words}</div>;
  return (
    <details className="mu-masthead__place mu-switch">
      <summary>
        {words}
        <span className="mu-switch__hint">Change organisation</span>
      </summary>
      <ul className="mu-switch__list">
        {others.map((duty) => (
          <li key={duty.org}>
            <Link className="govuk-link" to={pathTo({ mode, org: duty.org }, FIRST_SCREEN)}>
              {nameOf(duty.org)}
            </Link>{' '}
            <span className="mu-quiet">{rolesOf(duty)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
};

export const Masthead = () => {
  const place = usePlace();
  const { person, csrf } = useMe();
  return (
    <header className="mu-masthead">
      <div className="govuk-width-container mu-masthead__row">
        <Link className="mu-masthead__brand" to={pathTo(place, FIRST_SCREEN)}>
          Muster
        </Link>
        <OrgSwitch />
        <div className="mu-masthead__end">
          <PaletteOpener />
          <ModeSwitch />
          <span className="mu-masthead__person">{person.name}</span>
          <button type="button" className="mu-masthead__link" onClick={() => void signOut(csrf)}>
            Sign out
          </button>
        </div>
      </div>
    </header>
  );
};
