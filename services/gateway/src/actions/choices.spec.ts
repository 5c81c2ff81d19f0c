import { COMMANDS, type CommandName } from '@muster/contracts';
import type { DeploymentState } from '@muster/domain';
import { expect, test } from 'vitest';
import { inputSchema } from '../http/parameters.ts';
import { type BodySchema, sampleOf } from './sample.ts';
import { deploymentTargets, isAboutDeployment } from './targets.ts';

const ids = { donor: 'essex', deploymentId: 'd-1' };
const extension = { extensionId: 'x-1', newEnd: '', reason: '', answerBy: '' };
const row = { ...ids, control: { with: 'donor', since: '' }, extension } as DeploymentState;

const schemaOf = (name: CommandName): BodySchema => inputSchema(COMMANDS[name]) as BodySchema;

test('where units are reported to be is asked for each place, since the state decides about each', () => {
  const targets = deploymentTargets(schemaOf('deployment-status'), row);
  expect(targets.map(({ ids: { status } }) => status)).toEqual([
    'MOBILISING',
    'EN_ROUTE',
    'STAGED',
    'ON_TASK',
    'RETURNING',
  ]);
});

test('who cannot accept an extension may still decline it', () => {
  expect(deploymentTargets(schemaOf('extension-answer'), row)).toEqual([
    { ids: { ...ids, extensionId: 'x-1', answer: 'accept' }, chosen: 'answer' },
    {
      ids: { ...ids, extensionId: 'x-1', answer: 'decline' },
      chosen: 'answer',
      tried: { reasonCode: 'other' },
    },
    {
      ids: { ...ids, extensionId: 'x-1', answer: 'provisional' },
      chosen: 'answer',
      tried: { condition: 'x' },
    },
  ]);
});

test('what is tried for each choice is a body that the command takes', () => {
  const base = { commandId: 'c-1', actor: { role: 'requester', id: 'duty-desk' }, proposalId: 'p-1' };
  const names = (Object.keys(COMMANDS) as CommandName[]).filter((name) => isAboutDeployment(schemaOf(name)));
  const broken = names.flatMap((name) =>
    deploymentTargets(schemaOf(name), row)
      .filter((target) => {
        const known = { ...base, ...target.tried, ...target.ids };
        const fields = Object.keys(schemaOf(name).properties ?? {});
        const own = Object.fromEntries(Object.entries(known).filter(([field]) => fields.includes(field)));
        return !COMMANDS[name].safeParse(sampleOf(schemaOf(name), own, '2026-12-01T10:00:00.000Z')).success;
      })
      .map((target) => [name, target.ids]),
  );
  expect(names.length).toBeGreaterThan(10);
  expect(broken).toEqual([]);
});
