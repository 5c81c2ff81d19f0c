import type { BoardAction, Mode } from '@muster/contracts';
import { useParams } from 'react-router';
import type { Place } from '../api/http.ts';

/** Where the person works, as the address says. */
export const usePlace = (): Place => {
  const { mode = '', org = '' } = useParams();
  return { mode: mode as Mode, org };
};

/** The address of a view of an organisation in a mode. */
export const pathTo = ({ mode, org }: Place, ...parts: string[]): string =>
  `/${[mode, org, ...parts].join('/')}`;

/** Where one does what waits. */
export const pathToDo = (
  place: Place,
  { kind, item: { kind: what, owner, id } }: Pick<BoardAction, 'kind' | 'item'>,
): string => {
  if (what === 'claim' || kind === 'estimate-costs') return pathTo(place, 'costs', owner, id);
  return pathTo(place, what === 'deployment' ? 'deployments' : 'request', owner, id);
};
