import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, isBrowserRequired } from './chromium.ts';
import { boardSpecs } from './specs/board.ts';
import { lossSpecs } from './specs/loss.ts';
import { shellSpecs } from './specs/shell.ts';
import { openStage, type Stage } from './stage.ts';

const START_MS_MAX = 240_000;

const executable = chromiumPath();
if (executable === undefined) console.warn('the console is not tried: there is no Chromium on this machine');

it.runIf(isBrowserRequired())('has a browser to be tried in', () => expect(executable).toBeDefined());

describe.skipIf(executable === undefined)('the console', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(executable ?? '', ['kent', 'essex', 'surrey', 'npocc']);
  }, START_MS_MAX);
  afterAll(() => stage?.[Symbol.asyncDispose]());

  describe('around every screen', () => shellSpecs(() => stage));
  describe('the board', () => boardSpecs(() => stage));
  describe('when the stream or the session is lost', () => lossSpecs(() => stage));
});
