import { describe, expect, it } from 'vitest';
import { isToken } from '../tokens.ts';
import { capabilityCode, forceId, orgId } from '../values.ts';
import { ADVERTISABLE_CODES, codesMatching, findCapability, isAdvertisable } from './capabilities.ts';
import {
  forceOf,
  isForce,
  isOrg,
  NATIONAL_CENTRE,
  ORGS,
  orgKind,
  REGIONAL_CENTRES,
  REGIONS,
} from './organisations.ts';
import { CAPABILITIES, FORCES } from './table.gen.ts';

describe('forces', () => {
  it('are 49, each with an id of its own that can stand in a subject', () => {
    expect(FORCES).toHaveLength(49);
    expect(new Set(FORCES.map((force) => force.id)).size).toBe(49);
    expect(ORGS.filter((org) => !isToken(org))).toEqual([]);
  });

  it('lie on the ground of the United Kingdom', () => {
    for (const { id, hqLat, hqLon } of FORCES) {
      expect(hqLat, id).toBeGreaterThan(49);
      expect(hqLat, id).toBeLessThan(61);
      expect(hqLon, id).toBeGreaterThan(-9);
      expect(hqLon, id).toBeLessThan(2);
    }
  });

  it('are known by id, and no other id is', () => {
    expect(forceOf('kent').name).toBe('Kent Police');
    expect(() => forceOf('atlantis')).toThrow(RangeError);
    for (const id of ['atlantis', NATIONAL_CENTRE, 'hub', '', 'constructor', 'KENT']) {
      expect(isForce(id), id).toBe(false);
      expect(forceId.safeParse(id).success, id).toBe(false);
    }
  });
});

describe('organisations', () => {
  it('are the forces, the national centre and one centre for every region', () => {
    expect(ORGS).toHaveLength(FORCES.length + 1 + REGIONS.length);
    expect(new Set(ORGS).size).toBe(ORGS.length);
    expect(REGIONS).not.toContain('national');
    for (const org of ORGS) expect(orgId.safeParse(org).success && isOrg(org), org).toBe(true);
    expect(orgId.safeParse('hub').success).toBe(false);
  });

  it('have a kind', () => {
    expect(orgKind('kent')).toMatchObject({ kind: 'force', force: { id: 'kent' } });
    expect(orgKind(NATIONAL_CENTRE)).toEqual({ kind: 'national' });
    for (const centre of REGIONAL_CENTRES)
      expect(REGIONS).toContain(orgKind(centre)?.kind === 'region' ? centre.slice(5) : '');
    expect(orgKind('ricc-atlantis')).toBeUndefined();
  });
});

describe('capability codes', () => {
  it('are each there once', () => {
    expect(new Set(CAPABILITIES.map((row) => row.code)).size).toBe(CAPABILITIES.length);
  });

  const restricted = CAPABILITIES.filter((row) => !row.advertise).map((row) => row.code);

  it('that are covert or restricted are known, but refused on the mesh', () => {
    expect(restricted.length).toBeGreaterThan(0);
    for (const code of restricted) {
      expect(findCapability(code), code).toBeDefined();
      expect(isAdvertisable(code), code).toBe(false);
      expect(capabilityCode.safeParse(code).success, code).toBe(false);
      expect(codesMatching(code), code).not.toContain(code);
    }
  });

  it('that are not restricted may be shared', () => {
    expect(ADVERTISABLE_CODES).toHaveLength(CAPABILITIES.length - restricted.length);
    for (const code of ADVERTISABLE_CODES) expect(capabilityCode.safeParse(code).success, code).toBe(true);
  });

  it('match by whole parts only', () => {
    expect(codesMatching('CY')).toContain('CY.FCCU');
    expect(codesMatching('CY.FCCU')).toContain('CY.FCCU');
    expect(codesMatching('C')).toEqual([]);
    expect(codesMatching('CY.')).toEqual([]);
    expect(codesMatching('')).toEqual([]);
    expect(isAdvertisable('constructor')).toBe(false);
  });
});
