import { useEffect, useId, useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import { SCREENS } from '../screens/list.ts';
import { pathTo, usePlace } from './place.ts';

/** Every screen; where the page is too narrow for all of them, those that are used less fold behind a button. */
export const Navigation = () => {
  const place = usePlace();
  const { pathname } = useLocation();
  const listId = useId();
  const [isOpen, setIsOpen] = useState(false);
  // After going to another screen, the rest folds again.
  useEffect(() => setIsOpen(false), [pathname]);
  return (
    <div className="govuk-service-navigation mu-nav">
      <div className="govuk-width-container">
        <nav aria-label="Screens" className="mu-nav__row">
          <ul id={listId} className={`mu-nav__list${isOpen ? ' mu-nav__list--open' : ''}`}>
            {SCREENS.filter(({ nav }) => nav !== undefined).map(({ path, nav, Count, isFolded }) => (
              <li key={path} className={`mu-nav__item${isFolded ? ' mu-nav__item--folded' : ''}`}>
                <NavLink to={pathTo(place, path)} className="govuk-service-navigation__link">
                  {nav} {Count && <Count />}
                </NavLink>
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="mu-nav__more"
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? 'Fewer' : 'More'}
            <span className="govuk-visually-hidden"> screens</span>
          </button>
        </nav>
      </div>
    </div>
  );
};
