import type { ComponentType } from 'react';
import { WaitingCount } from '../notices/tell.tsx';

/** A view of the console. Its module is loaded when someone goes there. */
export type Screen = {
  /** Where it is, after the mode and the organisation. */
  path: string;
  /** Words of its entry in the navigation; none for a view that one comes to from another. */
  nav?: string;
  /** Whether its entry folds behind a button where not all find room in one row. */
  isFolded?: true;
  /** How many of something it has, beside these words. */
  Count?: ComponentType;
  load(): Promise<{ Component: ComponentType }>;
};

/** Every view, in the order of the navigation. */
export const SCREENS: readonly Screen[] = [
  { path: 'board', nav: 'Board', load: () => import('./board/screen.tsx') },
  { path: 'alerts', nav: 'Alerts', Count: WaitingCount, load: () => import('./alerts/screen.tsx') },
  { path: 'ask', nav: 'Ask for help', load: () => import('./ask/screen.tsx') },
  { path: 'plan', nav: 'Plan', isFolded: true, load: () => import('./plan/screen.tsx') },
  { path: 'force', nav: 'My force', load: () => import('./force/screen.tsx') },
  { path: 'deployments', nav: 'Deployments', load: () => import('./deployments/screen.tsx') },
  { path: 'deployments/:donor/:deploymentId', load: () => import('./deployment/screen.tsx') },
  { path: 'costs', nav: 'Costs', isFolded: true, load: () => import('./costs/screen.tsx') },
  { path: 'costs/:donor/:claimId', load: () => import('./claim/screen.tsx') },
  { path: 'map', nav: 'Map', isFolded: true, load: () => import('./map/screen.tsx') },
  { path: 'cover', nav: 'Cover', isFolded: true, load: () => import('./cover/screen.tsx') },
  { path: 'handover', nav: 'Handover', isFolded: true, load: () => import('./handover/screen.tsx') },
  { path: 'evidence', nav: 'Evidence', isFolded: true, load: () => import('./evidence/list.tsx') },
  { path: 'evidence/oral', load: () => import('./oral/screen.tsx') },
  { path: 'evidence/:host/:requestId', load: () => import('./evidence/screen.tsx') },
  { path: 'exercise', nav: 'Exercise', isFolded: true, load: () => import('./exercise/screen.tsx') },
  { path: 'request/:host/:requestId', load: () => import('./request/screen.tsx') },
];

/** Where one is taken who has named no view. */
export const FIRST_SCREEN = 'board';
