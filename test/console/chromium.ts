import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const isRunnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The Chromium of this machine: the one that `MUSTER_CHROMIUM` names, or the first on the path. */
export const chromiumPath = (env: NodeJS.ProcessEnv = process.env): string | undefined => {
  if (env.MUSTER_CHROMIUM) return env.MUSTER_CHROMIUM;
  const folders = (env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isRunnable);
};

/** Whether a run without a browser is a failure; the CI says so. */
export const isBrowserRequired = (env: NodeJS.ProcessEnv = process.env): boolean =>
  env.MUSTER_BROWSER_REQUIRED === '1';

export const launchChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: FLAGS });
