import { useMe } from '../../api/me.ts';
import { type OptIn, turnOff, turnOn, useOptIn } from '../../notices/opt-in.ts';

const WORDS: Readonly<Record<OptIn, string>> = {
  impossible: 'This browser cannot show notifications here. What begins to wait for you is told on the page.',
  forbidden:
    'Notifications are forbidden for this address; you can allow them in the settings of the browser.',
  off: 'This browser can also show a notification when something begins to wait for you, while a page of the console is open in any tab. Each is shown once.',
  on: 'This browser shows a notification when something begins to wait for you, while a page of the console is open in any tab. Each is shown once, and says no word that a person wrote.',
};

/** Notifications of the browser, for those who want them. */
export const InThisBrowser = () => {
  const { person } = useMe();
  const optIn = useOptIn(person.id);
  return (
    <section aria-labelledby="in-this-browser">
      <h2 id="in-this-browser" className="govuk-heading-m">
        Notifications in this browser
      </h2>
      <p className="govuk-body" role="status">
        {WORDS[optIn]}
      </p>
      {optIn === 'off' && (
        <button type="button" className="govuk-button" onClick={() => void turnOn(person.id)}>
          Turn notifications on
        </button>
      )}
      {optIn === 'on' && (
        <button
          type="button"
          className="govuk-button govuk-button--secondary"
          onClick={() => turnOff(person.id)}
        >
          Turn notifications off
        </button>
      )}
    </section>
  );
};
