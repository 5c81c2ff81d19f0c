import { useId } from 'react';
import { useSearchParams } from 'react-router';

/** A choice that is kept in the address; the first option is what holds when the address says nothing. */
export const AddressChoice = ({
  name,
  label,
  options,
}: {
  name: string;
  label: string;
  options: readonly (readonly [value: string, words: string])[];
}) => {
  const [search, setSearch] = useSearchParams();
  const id = useId();
  const choose = (value: string): void => {
    // Two choices may follow each other faster than the page is drawn.
    const after = new URLSearchParams(window.location.search);
    if (value === options[0]?.[0]) after.delete(name);
    else after.set(name, value);
    setSearch(after, { replace: true, preventScrollReset: true });
  };
  return (
    <div className="govuk-form-group mu-pick">
      <label className="govuk-label" htmlFor={id}>
        {label}
      </label>
      <select
        className="govuk-select"
        id={id}
        value={search.get(name) ?? options[0]?.[0] ?? ''}
        onChange={({ target }) => choose(target.value)}
      >
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
};
