import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const env = { NATS_URL: 'nats://127.0.0.1:4222', MUSTER_KEYS_DIR: 'keys' };

describe('the configuration', () => {
  it('fills in what may be left out', () => {
    expect(readConfig(env)).toMatchObject({
      MUSTER_MODE: 'actual',
      MUSTER_HEALTH_PORT: 0,
      LOG_LEVEL: 'info',
      MUSTER_UNSAFE_NO_CAS: false,
    });
  });

  it('names every variable at fault', () => {
    expect(() => readConfig({ MUSTER_MODE: 'live', MUSTER_HEALTH_PORT: 'x' })).toThrow(
      /NATS_URL[\s\S]*MUSTER_KEYS_DIR[\s\S]*MUSTER_MODE[\s\S]*MUSTER_HEALTH_PORT/,
    );
  });

  it('takes an address of a table of roads, and nothing else for one', () => {
    const url = 'http://127.0.0.1:5000';
    expect(readConfig({ ...env, MUSTER_OSRM_URL: url }).MUSTER_OSRM_URL).toBe(url);
    expect(() => readConfig({ ...env, MUSTER_OSRM_URL: 'roads' })).toThrow(/MUSTER_OSRM_URL/);
  });

  it('never runs actual mode without compare-and-set', () => {
    expect(() => readConfig({ ...env, MUSTER_UNSAFE_NO_CAS: '1' })).toThrow(/MUSTER_UNSAFE_NO_CAS.*actual/);
    const exercise = { ...env, MUSTER_MODE: 'exercise', MUSTER_UNSAFE_NO_CAS: '1' };
    expect(readConfig(exercise).MUSTER_UNSAFE_NO_CAS).toBe(true);
  });

  it('dies on purpose in actual mode only where a test allows it', () => {
    const faulty = { ...env, MUSTER_FAULT: 'before-append' };
    expect(() => readConfig(faulty)).toThrow(/MUSTER_FAULT/);
    expect(readConfig({ ...faulty, MUSTER_ALLOW_FAULTS: '1' }).MUSTER_FAULT).toBe('before-append');
    expect(readConfig({ ...faulty, MUSTER_MODE: 'exercise' }).MUSTER_FAULT).toBe('before-append');
    expect(() => readConfig({ ...env, MUSTER_FAULT: 'elsewhere', MUSTER_ALLOW_FAULTS: '1' })).toThrow(
      /MUSTER_FAULT/,
    );
  });
});
