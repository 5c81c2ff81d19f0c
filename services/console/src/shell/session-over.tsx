import { useEffect, useRef } from 'react';
import { signIn } from '../api/me.ts';

/** Stands before the page when the session has ended; what was being written stays until the person goes. */
export const SessionOver = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="mu-dialog"
      aria-labelledby="session-over"
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="session-over" className="govuk-heading-m">
        Your session has ended
      </h2>
      <p className="govuk-body">Sign in again to go on. You come back to this page.</p>
      <button type="button" className="govuk-button" onClick={signIn}>
        Sign in again
      </button>
    </dialog>
  );
};
