import { expect, it } from 'vitest';
import { desksFile, whereToLook } from './where-to-look.ts';

const place = {
  url: 'nats://127.0.0.1:4222',
  access: { gatewayUrl: 'http://127.0.0.1:8480', hasAlerters: true },
  dir: { logs: '/data/logs', pictures: '/data/pictures', rosters: '/data/rosters' },
  mode: 'actual',
  repository: '/muster',
  env: {},
} as const;

it('says where people look, and whom the demo would call', () => {
  const text = whereToLook(place);
  expect(text).toContain('In a browser: http://127.0.0.1:8480/\n');
  expect(text).toContain('nobody. /data/logs/alerter.log says who would be told');
  expect(text).toContain('copy /muster/infra/demo/desks.yaml and start with MUSTER_DESKS_FILE=');
});

it('names the log of the exercise, and its mode in every command', () => {
  const text = whereToLook({ ...place, mode: 'exercise' });
  expect(text).toContain('/data/logs/alerter-exercise.log says');
  expect(text.match(/npm run muster -- (?!--mode exercise )/g)).toBeNull();
});

it("names lists of desks that are one's own", () => {
  const env = { MUSTER_DESKS_FILE: '/etc/desks.yaml' };
  expect(desksFile('/muster', env)).toBe('/etc/desks.yaml');
  expect(whereToLook({ ...place, env })).toContain('as /etc/desks.yaml says; the log is in /data/logs');
});

it('names no log of an alerter where none runs', () => {
  const text = whereToLook({ ...place, access: { ...place.access, hasAlerters: false } });
  expect(text).toContain('nobody, for want of a key for the alerter');
  expect(text).not.toContain('alerter.log');
  expect(text).not.toContain('MUSTER_DESKS_FILE');
});

it('says nothing of a browser or of calls where there is no gateway', () => {
  const text = whereToLook({ ...place, access: undefined });
  expect(text).not.toMatch(/browser|http|out of hours/);
  expect(text).toContain('Ctrl-C stops everything');
});
