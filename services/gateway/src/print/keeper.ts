import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mode } from '@muster/contracts';
import type { Caller, Mesh } from '@muster/mesh';
import { PICTURE_DUE_MS, REACH_MS } from '../limits.ts';
import type { View } from '../views/view.ts';
import { type Cover, pictureOf } from './picture.ts';
import { openPress } from './press.ts';
import { sheetOf } from './sheet.ts';

export type PrintOptions = {
  /** Folder that gets `<mode>/<organisation>.html` and `.pdf`. */
  dir: string;
  everyMs: number;
  orgs: readonly string[];
};

export const PICTURE_FORMATS = ['html', 'pdf'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** The last picture that was made, as it is on the disk. */
export type Kept = { content: Buffer; madeMs: number };

/** Keeps a printable picture of each organisation on the disk, and leaves the last one there when the mesh is away. */
export type Keeper = {
  last(mode: Mode, org: string, format: PictureFormat): Promise<Kept | undefined>;
  /** Since when, in milliseconds, no picture could be made; undefined while all is well. */
  failingSince(): number | undefined;
  stop(): Promise<void>;
};

export type KeeperParts = {
  mesh: Mesh;
  caller: Caller;
  views: ReadonlyMap<Mode, View>;
};

/** Whether the server answers: what was read before it went away must not be passed off as of now. */
const isReachable = async ({ nc }: Mesh): Promise<boolean> => {
  const late = AbortSignal.timeout(REACH_MS);
  const tooLate = new Promise<boolean>((resolve) => {
    late.addEventListener('abort', () => resolve(false), { once: true });
  });
  const answered = nc.rtt().then(
    () => true,
    () => false,
  );
  return Promise.race([answered, tooLate]);
};

const coverFor = async ({ caller }: KeeperParts, mode: Mode, org: string): Promise<Cover | undefined> => {
  const outcome = await caller.ask(mode, org, 'cover', {});
  return outcome.kind === 'answer' ? outcome.answer : undefined;
};

export const startKeeper = (parts: KeeperParts, { dir, everyMs, orgs }: PrintOptions): Keeper => {
  const { mesh, views } = parts;
  const { clock, log } = mesh;
  const press = openPress();
  const stopping = new AbortController();
  let failing: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const printOne = async (view: View, org: string): Promise<void> => {
    const { mode, ledger } = view;
    const cover = await coverFor(parts, mode, org);
    const now = clock.now();
    const picture = pictureOf(
      org,
      {
        ...{ mode, ledger, seq: view.seq() },
        now: new Date(now).toISOString(),
        nextBy: new Date(now + everyMs + PICTURE_DUE_MS).toISOString(),
      },
      cover,
    );
    await press.print(join(dir, mode, org), sheetOf(picture));
  };
  const round = async (): Promise<void> => {
    for (const view of views.values()) {
      if (!(await isReachable(mesh)) || !(await view.catchUp())) {
        throw new Error('the mesh is out of reach; the last pictures stay');
      }
      for (const org of orgs) {
        if (stopping.signal.aborted) return;
        await printOne(view, org);
      }
    }
  };
  const next = (): void => {
    running = round()
      .then(
        () => {
          failing = undefined;
        },
        (error: unknown) => {
          failing ??= clock.now();
          if (!stopping.signal.aborted) log.error({ err: error, dir }, 'no new pictures could be made');
        },
      )
      .finally(() => {
        if (!stopping.signal.aborted) timer = setTimeout(next, everyMs).unref();
      });
  };
  void Promise.all([...views.values()].map((view) => view.ready)).then(next, () => undefined);

  return {
    last: async (mode, org, format) => {
      if (!orgs.includes(org)) return undefined;
      const path = join(dir, mode, `${org}.${format}`);
      try {
        const [content, { mtimeMs }] = await Promise.all([readFile(path), stat(path)]);
        return { content, madeMs: mtimeMs };
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    failingSince: () => failing,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await press.stop();
      await running;
    },
  };
};
