import { resolve } from 'node:path';
import type { Mode } from '@muster/contracts';
import type { DataDir } from './mesh/data-dir.ts';
import type { PeopleAccess } from './mesh/up.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Whom the alerter calls: the lists of whoever starts this, or invented ones of which the log alone is told. */
export const desksFile = (repository: string, { MUSTER_DESKS_FILE: own }: Env): string =>
  own ? resolve(own) : resolve(repository, 'infra/demo/desks.yaml');

type Place = {
  url: string;
  access: PeopleAccess | undefined;
  dir: Pick<DataDir, 'logs' | 'pictures' | 'rosters'>;
  mode: Mode;
  repository: string;
  env: Env;
};

const outOfHours = ({ access, dir: { logs }, mode, repository, env }: Place): string => {
  if (!access?.hasAlerters) return 'Called out of hours: nobody, for want of a key for the alerter.';
  const file = desksFile(repository, env);
  if (env.MUSTER_DESKS_FILE) return `Called out of hours, as ${file} says; the log is in ${logs}.`;
  const log = resolve(logs, mode === 'exercise' ? 'alerter-exercise.log' : 'alerter.log');
  return `Called out of hours: nobody. ${log} says who would be told.
  To send it by a mail server or webhook, copy ${file} and start with MUSTER_DESKS_FILE=<copy>.`;
};

const inABrowser = (place: Place): string => {
  if (place.access === undefined) return '';
  const { gatewayUrl } = place.access;
  return `
In a browser: ${gatewayUrl}/
  DEMO sign-in without passwords, for this machine only: be kent-requester, kent-approver, essex-donor-desk,
  ricc-south-east-ricc, npocc-national-centre or another one of the page.
The API: ${gatewayUrl}/docs/
To be printed for when all is down, made anew every few minutes: ${place.dir.pictures}
${outOfHours(place)}`;
};

/** What a person may do next with a mesh that runs. */
export const whereToLook = (place: Place): string => {
  const { url, dir, mode } = place;
  const muster = `npm run muster --${mode === 'exercise' ? ' --mode exercise' : ''}`;
  return `
The mesh is up on ${url}.${inABrowser(place)}
In another terminal:
  ${muster} --as npocc board --watch
  ${muster} --as kent request list
  ${muster} --as npocc watch --after 0
  ${muster} --as kent cover --code CY
  ${muster} doctor
Rosters that you may edit: ${dir.rosters}   Logs: ${dir.logs}
Ctrl-C stops everything; the next start goes on from here.`;
};
