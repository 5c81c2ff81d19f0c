import { useDocumentTitle } from '../../shell/title.ts';
import { CalledOut } from './called-out.tsx';
import { InThisBrowser } from './in-this-browser.tsx';
import { Waiting } from './waiting.tsx';

/** What waits for the person, how they are told of it, and whom the alerter has called about it. */
export const Component = () => {
  useDocumentTitle('Alerts');
  return (
    <>
      <h1 className="govuk-heading-l">Alerts</h1>
      <Waiting />
      <InThisBrowser />
      <CalledOut />
    </>
  );
};
