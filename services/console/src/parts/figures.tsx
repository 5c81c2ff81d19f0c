export type Figure = { label: string; value: number | string; isAlarm?: boolean };

/** A row of counts or amounts; a count that should be nought is an alarm where it is not. */
export const Figures = ({ figures, label }: { figures: readonly Figure[]; label: string }) => (
  <dl
    className={`mu-figures${figures.some(({ value }) => typeof value === 'string') ? ' mu-figures--amounts' : ''}`}
    aria-label={label}
  >
    {figures.map((figure) => (
      <div
        key={figure.label}
        className={figure.isAlarm && figure.value !== 0 ? 'mu-figure mu-figure--alarm' : 'mu-figure'}
      >
        <dt className="mu-figure__label">{figure.label}</dt>
        <dd className="mu-figure__value">{figure.value}</dd>
      </div>
    ))}
  </dl>
);
