export type Figure = { label: string; value: number; isAlarm?: boolean };

/** A row of counts. */
export const Figures = ({ figures, label }: { figures: readonly Figure[]; label: string }) => (
  <dl className="mu-figures" aria-label={label}>
    {figures.map((figure) => (
      <div
        key={figure.label}
        className={figure.isAlarm && figure.value > 0 ? 'mu-figure mu-figure--alarm' : 'mu-figure'}
      >
        <dt className="mu-figure__label">{figure.label}</dt>
        <dd className="mu-figure__value">{figure.value}</dd>
      </div>
    ))}
  </dl>
);
