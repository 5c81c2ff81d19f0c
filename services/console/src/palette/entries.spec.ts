import { expect, it } from 'vitest';
import { ENTRIES_SHOWN, found, groupsOf, type Known } from './entries.ts';

const place = { mode: 'actual', org: 'kent' } as const;

const known = (requests: number): Known => ({
  place,
  me: {
    modes: ['actual', 'exercise'],
    duties: [
      { org: 'kent', post: 'duty-desk', roles: ['requester'] },
      { org: 'essex', post: 'resources', roles: ['donor-desk'] },
    ],
  },
  screens: [{ path: 'board', nav: 'Board' }, { path: 'request/:host/:requestId' }],
  firstScreen: 'board',
  reference: {
    forces: [
      { id: 'kent', name: 'Kent Police', region: 'south-east', hqTown: 'Maidstone', hqLat: 51, hqLon: 0 },
    ],
    capabilities: [
      {
        ...{ code: 'CY.FCCU', name: 'Cyber crime unit', category: 'Cyber' },
        ...{ typicalUnit: '', accreditation: '', advertise: true },
      },
      {
        ...{ code: 'XX', name: 'Never lent', category: 'Cyber' },
        ...{ typicalUnit: '', accreditation: '', advertise: false },
      },
    ],
  },
  requests: Array.from({ length: requests }, (_, index) => ({
    ...{ host: 'essex', requestId: `r-${index}`, status: 'open' as const },
    terms: { specialDemandReason: `disorder ${index}` } as Known['requests'][number]['terms'],
    lines: [
      { line: { capabilityCode: 'PO.PSU' } },
      { line: { capabilityCode: 'CY.FCCU' } },
    ] as Known['requests'][number]['lines'],
  })),
  nameOf: (org) => `${org} police`,
});

const pathsFor = (text: string, requests = 3): string[] =>
  found(groupsOf(known(requests)), text).flatMap(({ entries }) => entries.map(({ to }) => to));

it('leads to what the words name, in any order', () => {
  expect(pathsFor('board')).toEqual(['/actual/kent/board']);
  expect(pathsFor('r-1')).toEqual(['/actual/kent/request/essex/r-1']);
  expect(pathsFor('psu 2')).toEqual(['/actual/kent/request/essex/r-2']);
  expect(pathsFor('cy.fccu')[0]).toBe('/actual/kent/map?code=CY.FCCU');
  expect(pathsFor('police kent')).toEqual(['/actual/kent/board?find=Kent+Police']);
  expect(pathsFor('exercise')).toEqual(['/exercise/kent/board']);
  expect(pathsFor('act for essex')).toEqual(['/actual/essex/board']);
});

it('leaves out what has no view of its own, what is never lent, and groups with nothing in them', () => {
  expect(pathsFor('never lent')).toEqual([]);
  expect(pathsFor('requestId')).toEqual([]);
  expect(found(groupsOf(known(0)), 'board')).toHaveLength(1);
});

it('shows so many of a group, those that begin with the words first', () => {
  const many = pathsFor('disorder', 50);
  expect(many).toHaveLength(ENTRIES_SHOWN);
  expect(pathsFor('disorder 4', 50)[0]).toBe('/actual/kent/request/essex/r-4');
  expect(pathsFor('', 50).length).toBeGreaterThan(ENTRIES_SHOWN);
});
