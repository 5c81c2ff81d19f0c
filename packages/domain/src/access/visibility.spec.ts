import { expect, test } from 'vitest';
import { advert } from '../testing/samples.ts';
import { isReleasable, maySee, maySeeAdvert, regionOf } from './visibility.ts';

const kentAsksSussex = { host: 'kent', donor: 'sussex' };

test('a force sees what it hosts, what it lends and what is addressed to it', () => {
  expect(maySee('kent', kentAsksSussex)).toBe(true);
  expect(maySee('sussex', kentAsksSussex)).toBe(true);
  expect(maySee('surrey', { host: 'kent', addressee: 'surrey' })).toBe(true);
});

test('a force sees nothing of what others do among themselves', () => {
  expect(maySee('surrey', kentAsksSussex)).toBe(false);
  expect(maySee('kent', {})).toBe(false);
});

test('a regional centre sees what any party of its region takes part in', () => {
  expect(maySee('ricc-south-east', kentAsksSussex)).toBe(true);
  expect(maySee('ricc-south-east', { host: 'durham', donor: 'sussex' })).toBe(true);
  expect(maySee('ricc-north-east', kentAsksSussex)).toBe(false);
  expect(maySee('ricc-wales', { host: 'ricc-wales' })).toBe(true);
});

test('the national centre sees everything, an unknown organisation nothing', () => {
  expect(maySee('npocc', kentAsksSussex)).toBe(true);
  expect(maySee('npocc', {})).toBe(true);
  expect(maySee('nowhere', { host: 'nowhere' })).toBe(false);
});

test('a capability for its region is lent there and nowhere else', () => {
  const regional = advert({ releasableTo: { kind: 'region' } });
  expect(isReleasable(regional, 'surrey')).toBe(true);
  expect(isReleasable(regional, 'ricc-south-east')).toBe(true);
  expect(isReleasable(regional, 'durham')).toBe(false);
  expect(isReleasable(regional, 'npocc')).toBe(false);
});

test('national forces share no region with each other', () => {
  const regional = advert({ force: 'btp', releasableTo: { kind: 'region' } });
  expect(isReleasable(regional, 'mdp')).toBe(false);
});

test('a capability for named forces is lent to those only', () => {
  const named = advert({ releasableTo: { kind: 'forces', forces: ['durham'] } });
  expect(isReleasable(named, 'durham')).toBe(true);
  expect(isReleasable(named, 'kent')).toBe(false);
});

test('an advert is seen by its force, by those it may be lent to and by their centres', () => {
  const named = advert({ releasableTo: { kind: 'forces', forces: ['durham'] } });
  const regional = advert({ releasableTo: { kind: 'region' } });
  for (const org of ['sussex', 'durham', 'npocc', 'ricc-south-east', 'ricc-north-east']) {
    expect(maySeeAdvert(org, named), org).toBe(true);
  }
  for (const org of ['kent', 'ricc-wales', 'nowhere']) expect(maySeeAdvert(org, named), org).toBe(false);
  expect(maySeeAdvert('ricc-north-east', regional)).toBe(false);
  expect(maySeeAdvert('surrey', regional)).toBe(true);
  expect(maySeeAdvert('ricc-wales', advert())).toBe(true);
});

test('a regional centre counts to its region, the national centre to none', () => {
  expect(regionOf('ricc-wales')).toBe('wales');
  expect(regionOf('surrey')).toBe('south-east');
  expect(regionOf('npocc')).toBeUndefined();
  expect(regionOf('nowhere')).toBeUndefined();
});
