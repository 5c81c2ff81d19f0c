import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { Plugin } from 'vite';

type Topology = Parameters<typeof feature>[0];
type Countries = Extract<Topology['objects'][string], { type: 'GeometryCollection' }>;

/** What the map imports. */
const MODULE = 'world-atlas/countries-50m.json?outline';
const RESOLVED = '\0outline';

/** ISO 3166-1 numbers of what is drawn: the United Kingdom, and Ireland and the Isle of Man for where it lies. */
const DRAWN = ['826', '372', '833'];

/** Digits kept of a degree: about a hundred metres. */
const DIGITS = 3;

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(DIGITS)) : value;

const outline = (): string => {
  const path = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
  const world = JSON.parse(readFileSync(path, 'utf8')) as Topology;
  const countries = world.objects.countries as Countries;
  const geometries = countries.geometries.filter(({ id }) => DRAWN.includes(String(id)));
  return JSON.stringify(feature(world, { ...countries, geometries }), rounded);
};

/** Takes out of the atlas what the map draws, so that nobody loads the rest of the world. */
export const outlinePlugin = (): Plugin => ({
  name: 'muster-outline',
  // Before the atlas itself is found under that name.
  enforce: 'pre',
  resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
  load: (id) => (id === RESOLVED ? `export const outline = ${outline()};` : undefined),
});
