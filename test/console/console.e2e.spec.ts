import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, isBrowserRequired } from './chromium.ts';
import { alertSpecs } from './specs/alerts.ts';
import { askSpecs } from './specs/ask.ts';
import { boardSpecs } from './specs/board.ts';
import { costSpecs } from './specs/costs.ts';
import { countrySpecs } from './specs/country.ts';
import { crowdSpecs } from './specs/crowd.ts';
import { deploymentSpecs } from './specs/deployments.ts';
import { exerciseSpecs } from './specs/exercise.ts';
import { forceSpecs } from './specs/force.ts';
import { keyboardSpecs } from './specs/keyboard.ts';
import { lossSpecs } from './specs/loss.ts';
import { paletteSpecs } from './specs/palette.ts';
import { planSpecs } from './specs/plan.ts';
import { recordSpecs } from './specs/record.ts';
import { shellSpecs } from './specs/shell.ts';
import { sightSpecs } from './specs/sight.ts';
import { tabsSpecs } from './specs/tabs.ts';
import { togetherSpecs } from './specs/together.ts';
import { openStage, type Stage } from './stage.ts';

const START_MS_MAX = 240_000;
/** Longest that one of these may take, on a machine that does much else: several people in several pages. */
const TEST_MS_MAX = 240_000;

const executable = chromiumPath();
if (executable === undefined) console.warn('the console is not tried: there is no Chromium on this machine');

it.runIf(isBrowserRequired())('has a browser to be tried in', () => expect(executable).toBeDefined());

describe.skipIf(executable === undefined)('the console', { timeout: TEST_MS_MAX }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(executable ?? '', ['kent', 'essex', 'surrey', 'npocc']);
  }, START_MS_MAX);
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await stage.picturePages(task.name);
    await stage.closePages();
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());

  describe('around every screen', () => shellSpecs(() => stage));
  describe('the palette', () => paletteSpecs(() => stage));
  describe('the board', () => boardSpecs(() => stage));
  describe('alerts and notices', () => alertSpecs(() => stage));
  describe('asking for help', () => askSpecs(() => stage));
  describe('many pages of one browser', () => tabsSpecs(() => stage));
  describe('two forces', () => togetherSpecs(() => stage));
  describe('two forces without a mouse', () => keyboardSpecs(() => stage));
  describe('my force', () => forceSpecs(() => stage));
  describe('deployments', () => deploymentSpecs(() => stage));
  describe('the plan', () => planSpecs(() => stage));
  describe('costs and claims', () => costSpecs(() => stage));
  describe('cover and map', () => countrySpecs(() => stage));
  describe('evidence and handover', () => recordSpecs(() => stage));
  describe("enlarged, narrow and in colours of one's own", () => sightSpecs(() => stage));
  describe('the exercise', () => exerciseSpecs(() => stage));
  describe('the board in a mobilisation', () => crowdSpecs(() => stage));
  describe('when the stream or the session is lost', () => lossSpecs(() => stage));
});
