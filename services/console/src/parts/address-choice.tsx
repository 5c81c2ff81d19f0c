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
  const choose = (value: string): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === options[0]?.[0]) after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
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
