import { useSearchParams } from 'react-router';

/** Narrows the list of requests; what is looked for is in the address. */
export const FindForm = ({ find }: { find: string }) => {
  const [, setSearch] = useSearchParams();
  return (
    <div className="govuk-form-group mu-find">
      <label className="govuk-label" htmlFor="find">
        Find by force, code, reason or urgency
      </label>
      <input
        className="govuk-input govuk-input--width-20"
        id="find"
        type="search"
        value={find}
        onChange={({ target }) =>
          setSearch(target.value === '' ? {} : { find: target.value }, {
            replace: true,
            preventScrollReset: true,
          })
        }
      />
    </div>
  );
};
