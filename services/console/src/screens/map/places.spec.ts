import type { CapabilityView, DeploymentView } from '@muster/contracts';
import { expect, it } from 'vitest';
import { arc, coverByForce, drawing, flows, HEIGHT, WIDTH } from './places.ts';

const advert = (force: string, free: number, quantity: number) =>
  ({ force, free, quantity }) as CapabilityView;
const away = (donor: string, host: string, quantity: number) => ({ donor, host, quantity }) as DeploymentView;

it('sums what a force has free, the most first', () => {
  const adverts = [advert('essex', 1, 4), advert('kent', 3, 3), advert('essex', 4, 4)];
  expect(coverByForce(adverts)).toEqual([
    { force: 'essex', free: 5, advertised: 8 },
    { force: 'kent', free: 3, advertised: 3 },
  ]);
});

it('sums the units from one force to one host', () => {
  const deployments = [away('essex', 'kent', 1), away('kent', 'essex', 1), away('essex', 'kent', 2)];
  expect(flows(deployments)).toEqual([
    { donor: 'essex', host: 'kent', quantity: 3 },
    { donor: 'kent', host: 'essex', quantity: 1 },
  ]);
});

it('bends the way there and the way back apart', () => {
  const [from, to] = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
  ];
  expect(arc(from, to)).toBe('M0.0 0.0Q5.0 -2.0 10.0 0.0');
  expect(arc(to, from)).toBe('M10.0 0.0Q5.0 2.0 0.0 0.0');
});

it('puts the north at the top, the east at the right, and everything on the picture', () => {
  const corners = [
    [-8, 50],
    [2, 50],
    [2, 60],
    [-8, 60],
  ];
  const { at } = drawing({ type: 'MultiPoint', coordinates: corners });
  const force = (hqLat: number, hqLon: number) => ({
    id: '',
    name: '',
    region: '',
    hqTown: '',
    hqLat,
    hqLon,
  });
  const [inverness, maidstone] = [at(force(57.5, -4.2)), at(force(51.3, 0.5))];
  expect(inverness.y).toBeLessThan(maidstone.y);
  expect(inverness.x).toBeLessThan(maidstone.x);
  for (const { x, y } of [inverness, maidstone]) {
    expect(x > 0 && x < WIDTH && y > 0 && y < HEIGHT).toBe(true);
  }
});
