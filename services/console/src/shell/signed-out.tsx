import { signIn } from '../api/me.ts';
import { useDocumentTitle } from './title.ts';

const Page = ({ children }: { children: React.ReactNode }) => (
  <>
    <header className="mu-masthead">
      <div className="govuk-width-container mu-masthead__row">
        <span className="mu-masthead__brand">Muster</span>
      </div>
    </header>
    <div className="govuk-width-container">
      <main className="govuk-main-wrapper" id="main">
        {children}
      </main>
    </div>
  </>
);

export const Loading = () => (
  <Page>
    <p className="govuk-body">Loading…</p>
  </Page>
);

/** What one sees who has not signed in; one comes back to the same address. */
export const SignedOut = () => {
  useDocumentTitle('Sign in');
  return (
    <Page>
      <h1 className="govuk-heading-xl">Ask other forces for help, and answer theirs</h1>
      <p className="govuk-body-l">
        Muster shows what every force can lend, carries each request to those who can fill it, and keeps the
        record.
      </p>
      <button type="button" className="govuk-button" onClick={signIn}>
        Sign in
      </button>
    </Page>
  );
};

/** An address of an organisation that the person does not act for. */
export const NotYours = () => {
  useDocumentTitle('Not your organisation');
  return (
    <Page>
      <h1 className="govuk-heading-l">You do not act for this organisation</h1>
      <p className="govuk-body">
        <a className="govuk-link" href="/">
          Go to your own
        </a>
        , or sign in as someone who does.
      </p>
    </Page>
  );
};
