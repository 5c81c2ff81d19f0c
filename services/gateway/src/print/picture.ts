import type { AskAnswer, Board, DeploymentView, Mode } from '@muster/contracts';
import { boardOf, deploymentViewOf, type Ledger, maySeeDeployment } from '@muster/domain';
import { PICTURE_ROWS_MAX } from '../limits.ts';

export type Cover = AskAnswer<'cover'>;

/** What an organisation may see of the whole, at one moment. */
export type Picture = {
  mode: Mode;
  org: string;
  board: Board;
  deployments: DeploymentView[];
  /** Undefined when the registry did not answer. */
  cover: Cover | undefined;
  /** When the next one is to take its place. */
  nextBy: string;
};

export type PictureSource = { mode: Mode; ledger: Ledger; seq: number; now: string; nextBy: string };

const byEnd = (a: DeploymentView, b: DeploymentView): number =>
  a.to < b.to ? -1 : a.to > b.to ? 1 : a.deploymentId < b.deploymentId ? -1 : 1;

/** The picture of an organisation out of what the gateway has read. */
export const pictureOf = (
  org: string,
  { mode, ledger, seq, now, nextBy }: PictureSource,
  cover: Cover | undefined,
): Picture => ({
  ...{ mode, org, cover, nextBy },
  board: boardOf(org, { ledger, dues: () => [], lastSeq: seq }, { limit: PICTURE_ROWS_MAX }, now),
  deployments: [...ledger.deployments()]
    .filter((row) => maySeeDeployment(org, row) && row.status !== 'CLOSED' && row.status !== 'RETURNED')
    .map((row) => deploymentViewOf(ledger, row, now))
    .sort(byEnd)
    .slice(0, PICTURE_ROWS_MAX),
});
