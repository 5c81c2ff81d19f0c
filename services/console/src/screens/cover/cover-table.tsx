import { useCapabilityName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import type { Cell, MatrixRow } from './matrix.ts';

const stateOf = ({ free, taken }: Cell): string => {
  if (free === 0) return 'none';
  return free < taken ? 'low' : 'some';
};

const CoverCell = ({ cell }: { cell: Cell | undefined }) =>
  cell ? (
    <td className={`govuk-table__cell mu-cover__cell mu-cover__cell--${stateOf(cell)}`}>
      {cell.free}
      {cell.taken > 0 && <div className="mu-cover__taken">{cell.taken} taken</div>}
    </td>
  ) : (
    <td className="govuk-table__cell mu-cover__cell mu-quiet">
      <span aria-hidden="true">·</span>
      <span className="govuk-visually-hidden">nothing advertised</span>
    </td>
  );

const KEY = [
  ['some', 'Free'],
  ['low', 'More taken than free'],
  ['none', 'All taken'],
  ['nothing', 'Nothing advertised'],
] as const;

const KINDS: Readonly<Record<MatrixRow['kind'], { each: string; means: string }>> = {
  unit: { each: 'units', means: 'each goes as a whole' },
  pool: { each: 'people or things', means: 'lent in any number' },
  queue: { each: 'places a week', means: 'work that can be taken on' },
};

/** What the colours and the words of the table mean. */
export const CoverKey = () => (
  <div className="mu-cover-key">
    <ul aria-label="Colours" className="mu-cover-key__colours">
      {KEY.map(([state, words]) => (
        <li key={state}>
          <span className={`mu-cover-key__swatch mu-cover__cell--${state}`} aria-hidden="true">
            {state === 'nothing' && '·'}
          </span>{' '}
          {words}
        </li>
      ))}
    </ul>
    <p className="govuk-body-s mu-quiet">
      Numbers count{' '}
      {Object.values(KINDS)
        .map(({ each, means }) => `${each} (${means})`)
        .join(', ')}
      , as the row says.
    </p>
  </div>
);

/** What is free of each capability in each region. It scrolls within itself where the page is narrow. */
export const CoverTable = ({ rows, regions }: { rows: readonly MatrixRow[]; regions: readonly string[] }) => {
  const nameOf = useCapabilityName();
  if (rows.length === 0) return <p className="govuk-body mu-quiet">Nothing is advertised.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="mu-cover" aria-label="Cover by capability and region" tabIndex={0}>
      <table className="govuk-table mu-cover__table">
        <caption className="govuk-visually-hidden">Units free, by capability and region</caption>
        <thead className="govuk-table__head">
          <tr className="govuk-table__row">
            <th scope="col" className="govuk-table__header">
              Capability
            </th>
            {regions.map((region) => (
              <th key={region} scope="col" className="govuk-table__header mu-cover__region">
                {tokenWords(region)}
              </th>
            ))}
            <th scope="col" className="govuk-table__header mu-cover__region">
              All
            </th>
          </tr>
        </thead>
        <tbody className="govuk-table__body">
          {rows.map(({ code, kind, cells, free }) => (
            <tr key={`${code} ${kind}`} className="govuk-table__row">
              <th scope="row" className="govuk-table__header mu-cover__name">
                {nameOf(code)} <span className="mu-quiet mu-block">{KINDS[kind].each}</span>
              </th>
              {regions.map((region) => (
                <CoverCell key={region} cell={cells.get(region)} />
              ))}
              <td className="govuk-table__cell mu-cover__cell">
                <strong>{free}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
