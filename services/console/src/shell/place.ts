import type { Mode } from '@muster/contracts';
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
