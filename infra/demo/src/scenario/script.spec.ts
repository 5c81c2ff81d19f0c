import type { AskName, CommandName, RequestView } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import type { Answer, People } from './people.ts';
import type { Scenario } from './schema.ts';
import { performScript, type Script } from './script.ts';
import { type Step, step } from './steps.ts';

const view = { status: 'open', tier: 2, seq: 3, host: 'kent', lines: [], answers: [], offers: [] };

type Sent = { org: string; name: CommandName; body: { commandId: string } & Record<string, unknown> };

/** People of whom the mesh takes everything, but for what it is told to refuse. */
const start = (refuses: readonly CommandName[] = []) => {
  const sent: Sent[] = [];
  const said: string[] = [];
  let status: RequestView['status'] = 'open';
  const answers: Partial<Record<AskName, () => unknown>> = {
    events: () => ({ events: [], lastSeq: 3, epoch: 'e' }),
    'request-show': () => ({ ...view, status }),
    'deployment-list': () => ({
      items: ['essex', 'surrey'].map((donor) => ({
        ...{ donor, deploymentId: `d-${donor}`, host: 'kent', requestId: 'run-r1', status: 'ON_TASK' },
      })),
    }),
  };
  const people = {
    send: async (org: string, name: CommandName, body: Sent['body']): Promise<Answer> => {
      sent.push({ org, name, body });
      if (name === 'request-cancel') status = 'cancelled';
      return refuses.includes(name)
        ? { kind: 'refused', refusal: { refused: 'wrong-role', because: 'it may not' } }
        : {
            kind: 'stored',
            reply: { ok: true, commandId: body.commandId, seq: 1, repeated: false, events: [] },
          };
    },
    ask: async (_org: string, name: AskName) => answers[name]?.(),
    pause: async () => undefined,
    close: async () => undefined,
  } as unknown as People;
  const scenario = {
    name: 'small',
    desks: [],
    requests: [{ key: 'r1', host: 'kent', lines: [] }],
  } as unknown as Scenario;
  const play = { runId: 'run', startedAt: Date.now(), finished: false };
  const script: Script = { scenario, play, people, say: (line) => said.push(line) };
  const perform = (...steps: object[]) =>
    performScript(
      script,
      steps.map((each): Step => step.parse(each)),
    );
  return { perform, sent, said };
};

const cancel = {
  send: 'request-cancel',
  by: 'requester/duty-desk',
  request: 'r1',
  with: { reasonCode: 'resolved', reason: 'Over' },
};

describe('a script', () => {
  it('sends a command as its host, by the post named, under an id that a repetition has again', async () => {
    const first = start();
    const again = start();
    expect(await first.perform({ say: 'now' }, cancel)).toEqual({ met: [] });
    await again.perform({ say: 'now' }, cancel);
    expect(first.said[0]).toBe('now');
    expect(first.sent).toMatchObject([
      {
        ...{ org: 'kent', name: 'request-cancel' },
        body: {
          commandId: 'run-s1',
          host: 'kent',
          requestId: 'run-r1',
          actor: { role: 'requester', id: 'duty-desk' },
        },
      },
    ]);
    expect(again.sent[0]?.body.commandId).toBe('run-s1');
  });

  it('sends one command for each deployment, as its donor where that is wanted', async () => {
    const { perform, sent } = start();
    await perform({
      send: 'return-request',
      as: 'donor',
      by: 'donor-approver/superintendent',
      deployments: { request: 'r1' },
      with: { by: '+5s', reasonCode: 'own-demand', reason: 'Ours' },
    });
    expect(sent.map(({ org, body }) => [org, body.deploymentId, body.commandId])).toEqual([
      ['essex', 'd-essex', 'run-s0'],
      ['surrey', 'd-surrey', 'run-s0-1'],
    ]);
    expect(Date.parse(String(sent[0]?.body.by))).toBeGreaterThan(Date.now());
  });

  it('ends at a refusal that was not expected, and keeps what it had found', async () => {
    const { perform, sent } = start(['request-cancel']);
    const { met, stopped } = await perform({ expect: { request: 'r1', tier: 2 } }, cancel, cancel);
    expect(met).toMatchObject([{ met: true }]);
    expect(stopped).toBe('kent request-cancel: wrong-role, it may not');
    expect(sent).toHaveLength(1);
  });

  it('goes on after a refusal that was expected, and tells of one that did not come', async () => {
    const refused = { ...cancel, refused: 'wrong-role' };
    const { perform, said } = start(['request-cancel']);
    const met = await perform(refused, { say: 'on' });
    expect(met).toMatchObject({ met: [{ met: true, instead: [] }] });
    expect(said).toEqual([
      'kent, duty-desk: request-cancel refused, as it has to be (wrong-role): it may not',
      'on',
    ]);
    const failed = await start().perform(refused);
    expect(failed).toMatchObject({ met: [{ met: false, instead: ['it was stored'] }] });
  });

  it('waits for no longer than it was told, and says for what', async () => {
    const { perform, said } = start();
    const waiting = { until: { request: 'r1', status: ['closed'] }, withinSeconds: 0.01 };
    const { met, stopped } = await perform(waiting, cancel);
    expect(met).toMatchObject([{ met: false, instead: ['it is open, expected closed'] }]);
    expect(stopped).toMatch(/^waited 0.01 s in vain for r1 to be closed/);
    expect(said[0]).toMatch(/^waiting for r1 to be closed \(at most 0.01 s\)/);
  });

  it('plays rows together, and goes on when all of them have ended', async () => {
    const { perform, sent } = start();
    const { met, stopped } = await perform(
      { together: [[{ until: { request: 'r1', status: ['cancelled'] }, withinSeconds: 30 }], [cancel]] },
      { expect: { request: 'r1', status: ['cancelled'] } },
    );
    expect({ stopped, met }).toMatchObject({ stopped: undefined, met: [{ met: true }, { met: true }] });
    expect(sent).toHaveLength(1);
  });

  it('refuses fields that the command does not have as they should be', async () => {
    await expect(start().perform({ ...cancel, with: { reasonCode: 'no' } })).rejects.toThrow(
      /small, request-cancel: .*reasonCode/,
    );
  });
});
