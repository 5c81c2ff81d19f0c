import type { FastifyInstance } from 'fastify';
import type { Keeper } from '../print/keeper.ts';
import { type SignInParts, signInRoutes } from '../signin/routes.ts';
import { actionRoutes } from './actions.ts';
import { alertRoutes } from './alerts.ts';
import { askRoutes } from './asks.ts';
import { claimRoutes } from './claims.ts';
import { commandRoutes } from './commands.ts';
import { deskRoutes } from './desks.ts';
import { exerciseRoutes } from './exercise.ts';
import { exportRoutes } from './export.ts';
import { homeRoutes } from './home.ts';
import { meRoutes } from './me.ts';
import { noticeRoutes } from './notices.ts';
import { pageRoutes } from './pages.ts';
import type { Parts } from './parts.ts';
import { pictureRoutes } from './picture.ts';
import { problemPageRoutes } from './problemPages.ts';
import { addDescription, referenceRoutes } from './reference.ts';
import type { Streams } from './stream.ts';

export type RouteParts = {
  parts: Parts;
  signIn: SignInParts;
  streams: Streams;
  /** Printed pictures; none: there are none to give. */
  keeper: Keeper | undefined;
  /** Anyone may sign in as anyone. */
  isDemo: boolean;
  staticDir: string | undefined;
};

/** Every address of the gateway. */
export const addRoutes = async (app: FastifyInstance, of: RouteParts): Promise<void> => {
  const { parts } = of;
  await addDescription(app, of.signIn.cookies.session.name);
  signInRoutes(app, of.signIn);
  meRoutes(app, parts, of.isDemo);
  commandRoutes(app, parts);
  homeRoutes(app, parts);
  deskRoutes(app, parts);
  askRoutes(app, parts);
  actionRoutes(app, parts);
  noticeRoutes(app, parts);
  alertRoutes(app, parts);
  exerciseRoutes(app, parts);
  exportRoutes(app, parts);
  claimRoutes(app, parts);
  pictureRoutes(app, parts, of.keeper);
  of.streams.routes(app, parts);
  problemPageRoutes(app);
  await referenceRoutes(app);
  await pageRoutes(app, of.staticDir);
};
