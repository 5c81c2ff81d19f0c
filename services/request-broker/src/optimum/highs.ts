import type { Programme, Row, Solved, Solver } from '@muster/domain';
import highsModule from 'highs';

// Its types are written for CommonJS, where the loader would be a property; Node loads the ES module.
const loadHighs = highsModule as unknown as (typeof highsModule)['default'];

const name = (index: number): string => `x${index}`;

/** Terms on one line of the text; the reader of the format has a longest line. */
const TERMS_PER_LINE = 20;

const terms = (columns: readonly number[], factors: readonly number[]): string =>
  columns
    .map((column, at) => {
      const factor = factors[at] ?? 1;
      const sign = factor < 0 ? '-' : '+';
      return `${sign} ${Math.abs(factor)} ${name(column)}${at % TERMS_PER_LINE === TERMS_PER_LINE - 1 ? '\n' : ' '}`;
    })
    .join('');

const rowText = ({ columns, factors = [], least, most }: Row): string[] => {
  if (columns.length === 0) return [];
  const left = terms(columns, factors);
  return [
    ...(least === undefined ? [] : [`${left} >= ${least}`]),
    ...(most === undefined ? [] : [`${left} <= ${most}`]),
  ];
};

/** The programme in the LP text format that the solver reads. */
export const lpText = ({ most, integer, minimise, rows }: Programme): string => {
  const wanted = minimise.flatMap((factor, index) => (factor === 0 ? [] : [index]));
  const objective =
    wanted.length === 0
      ? '0 x0'
      : terms(
          wanted,
          wanted.map((at) => minimise[at] ?? 0),
        );
  return [
    `Minimize\n obj: ${objective}`,
    `Subject To\n${rows.flatMap(rowText).join('\n')}`,
    `Bounds\n${most.map((bound, index) => ` 0 <= ${name(index)} <= ${bound}`).join('\n')}`,
    ...(integer ? [`Generals\n${most.map((_, index) => ` ${name(index)}`).join('\n')}`] : []),
    'End\n',
  ].join('\n');
};

/**
 * HiGHS as a solver of programmes. It blocks its thread.
 * @param secondsLeft how long it may still take, asked before each programme.
 */
export const highsSolver = async (secondsLeft: () => number): Promise<Solver> => {
  const highs = await loadHighs();
  return (programme): Solved => {
    const timeLimit = secondsLeft();
    if (timeLimit <= 0) return { kind: 'stopped' };
    const { Status, Columns } = highs.solve(lpText(programme), {
      output_flag: false,
      time_limit: timeLimit,
      mip_rel_gap: 0,
      mip_abs_gap: 0,
    });
    const values = programme.most.map((_, index) => {
      const column = Columns[name(index)];
      return column && 'Primal' in column ? Number(column.Primal) : 0;
    });
    if (Status === 'Optimal') return { kind: 'optimal', values };
    if (Status === 'Infeasible') return { kind: 'infeasible' };
    if (Status === 'Time limit reached') return { kind: 'stopped' };
    throw new Error(`the solver ended with "${Status}"`);
  };
};
