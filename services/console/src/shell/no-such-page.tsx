import { useDocumentTitle } from './title.ts';

export const NoSuchPage = () => {
  useDocumentTitle('Page not found');
  return (
    <>
      <h1 className="govuk-heading-l">Page not found</h1>
      <p className="govuk-body">
        If you typed or pasted the address, check that it is right.{' '}
        <a className="govuk-link" href="/">
          Go to the board
        </a>
      </p>
    </>
  );
};
