import type { PlannedAssignment, TravelEstimate } from '@muster/contracts';
import { expect, it } from 'vitest';
import { roadNotes, roadSource, roadText } from './road.ts';

const direct: TravelEstimate = { minutes: 75.4, km: 88, source: 'great-circle' };
const unreached = 'the road table cannot be reached';
const row = (travel?: TravelEstimate): PlannedAssignment => ({
  ...{ host: 'kent', requestId: 'r1', lineId: 'l1', donor: 'essex', capabilityId: 'cy-1', quantity: 1 },
  ...{ capabilityCode: 'CY.FCCU', arrival: '2026-11-27T08:00:00.000Z', lateMinutes: 0 },
  ...{ costPence: 100, costBasis: 'assumed', ...(travel && { travel }) },
});

it('says by what the road of each row is known', () => {
  expect(roadText(row(direct))).toBe('75 min by the straight line');
  expect(roadText(row({ minutes: 80, source: 'osrm-table' }))).toBe('80 min by the road table');
  expect(roadText(row())).toBe('as offered');
});

it('says once why roads are by the straight line', () => {
  const far = { ...direct, because: unreached };
  expect(roadSource(far)).toBe(`road by the straight line, since ${unreached}`);
  expect(roadSource(direct)).toBe('road by the straight line');
  expect(roadNotes([row(far), row(direct), row(far), row()])).toBe(
    `Some roads are by the straight line, since ${unreached}.`,
  );
  expect(roadNotes([row(direct)])).toBe('');
});
