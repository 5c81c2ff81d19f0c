import { describe, expect, it } from 'vitest';
import { actorWords, eventDetails, eventWords } from './events.ts';

const nameOf = (org: string): string => (org === 'essex' ? 'Essex Police' : 'Kent Police');
const agreed = { donor: 'essex', claimId: 'c1', totalPence: 40_000 };

describe('an event in words', () => {
  it('is called by its name without what only programs need', () =>
    expect(eventWords('muster.claim.agreed.v1')).toBe('Claim agreed'));

  it('names who acted as people do', () =>
    expect(actorWords('kent/donor-desk/resources', nameOf)).toBe('Kent Police, donor desk, resources'));

  it('says so where no person acted', () =>
    expect(actorWords('essex/adapter/force-adapter', nameOf)).toBe('Essex Police, its own system'));

  it('names the other force, unless it acted itself or the reader knows', () => {
    expect(eventDetails(agreed, 'kent/finance/finance-desk', nameOf)).toBe('Essex Police; £400.00');
    expect(eventDetails(agreed, 'essex/finance/finance-desk', nameOf)).toBe('£400.00');
    expect(eventDetails(agreed, 'kent/finance/finance-desk', nameOf, 'essex')).toBe('£400.00');
  });
});
