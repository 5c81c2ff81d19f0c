import { homeOpened, homeRecorded } from '../home/v1.ts';
import { home, row } from './row.ts';

/** Events of a force’s own ledger. */
export const HOME_EVENTS = {
  'muster.home.opened.v1': row({
    schema: homeOpened,
    stream: 'HOME',
    aggregate: home,
    actors: ['adapter'],
    edxl: 'none',
    about: "Genesis record of a capability in its own force's ledger.",
  }),
  'muster.home.recorded.v1': row({
    schema: homeRecorded,
    stream: 'HOME',
    aggregate: home,
    actors: ['adapter', 'donor-desk', 'donor-approver', 'force-ict'],
    edxl: 'none',
    about: 'What the home force recorded or decided.',
  }),
};
