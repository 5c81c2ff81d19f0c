import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, readConfig } from './config.ts';

const faultOf = (text: string): string => {
  try {
    parseConfig('adapters.yaml', text);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was taken');
};

describe('configuration of the adapter', () => {
  it('fills the defaults and takes paths from the place of the file', () => {
    const config = parseConfig('/etc/muster/adapters.yaml', 'forces: [{ force: kent, roster: ./kent }]');
    expect(config).toEqual({
      advertTtlSeconds: 900,
      withdrawShareMax: 0.3,
      settleMs: 250,
      forces: [
        {
          force: 'kent',
          roster: '/etc/muster/kent',
          answer: { policy: 'automatic' },
          confirm: { policy: 'automatic' },
          decisions: { through: 'own' },
          returnUndeparted: { policy: 'automatic' },
        },
      ],
    });
  });

  it('lets a force differ from the defaults', () => {
    const config = parseConfig(
      'adapters.yaml',
      'defaults: { answer: { policy: person } }\nforces: [{ force: kent, roster: k }, { force: surrey, roster: s, answer: { policy: automatic } }]',
    );
    expect(config.forces.map(({ force, answer }) => [force, answer.policy])).toEqual([
      ['kent', 'person'],
      ['surrey', 'automatic'],
    ]);
  });

  it('names every field at fault at once', () => {
    const fault = faultOf(
      'advertTtlSeconds: 1\nwithdrawShareMax: 2\nanswers: x\nforces:\n  - { force: atlantis, roster: a }\n  - { force: kent, roster: "", answer: { policy: maybe } }',
    );
    for (const part of [
      'adapters.yaml',
      'advertTtlSeconds:',
      'withdrawShareMax:',
      'answers',
      'forces[0].force: is not a force',
      'forces[1].roster:',
      'forces[1].answer.policy:',
    ]) {
      expect(fault).toContain(part);
    }
  });

  it('refuses a force that stands there twice', () => {
    expect(faultOf('forces: [{ force: kent, roster: a }, { force: kent, roster: b }]')).toContain(
      'forces[1].force: kent stands here twice',
    );
  });

  it('refuses what is not YAML, and says where', () => {
    expect(faultOf('forces: [{ force: kent')).toMatch(/adapters\.yaml is not YAML: .*line 1/);
  });

  it('refuses a configuration without a force', () => {
    expect(faultOf('')).toContain('names no force');
  });

  it('says where a configuration file is to be given', () => {
    expect(() => readConfig('no-such-file.yaml')).toThrow('MUSTER_ADAPTER_CONFIG');
  });
});
