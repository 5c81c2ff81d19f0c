export type Fill = {
  wanted: number;
  committed: number;
  reserved: number;
  offered: number;
};

const PARTS = ['committed', 'reserved', 'offered'] as const;

/** How much of a line is filled, as a bar and in words. Offers beyond what is wanted do not lengthen the bar. */
export const FillBar = (fill: Fill) => {
  const { wanted } = fill;
  let room = wanted;
  const widths = PARTS.map((part) => {
    const shown = Math.min(fill[part], room);
    room -= shown;
    return { part, percent: wanted === 0 ? 0 : (100 * shown) / wanted };
  });
  const words = PARTS.filter((part) => fill[part] > 0).map((part) => `${fill[part]} ${part}`);
  return (
    <div className="mu-fill">
      <div className="mu-fill__bar" aria-hidden="true">
        {widths.map(({ part, percent }) => (
          <span
            key={part}
            className={`mu-fill__part mu-fill__part--${part}`}
            style={{ width: `${percent}%` }}
          />
        ))}
      </div>
      <span className="mu-fill__words">
        {words.length === 0 ? 'nothing' : words.join(', ')} of {wanted}
      </span>
    </div>
  );
};
