import { describe, expect, it } from 'vitest';
import { checkMembership } from '../../../core/validate/membership.ts';
import { aRequest } from '../approve/builders.ts';
import { anOrganisation, aPerson } from '../organisation/builders.ts';
import { changedOf, someFacts } from './builders.ts';
import { projectMessages } from './messages.ts';

const organisation = anOrganisation([aPerson('pic', { units: ['djp', 'djp-timur'] }), aPerson('lain')]);
const { places } = changedOf(someFacts('djp-timur/andi.contoh'));
const check = (requester: string, actors: readonly string[] = []) =>
  checkMembership({ request: aRequest({ requester }), places }, actors, organisation, projectMessages);

describe('checkMembership()', () => {
  it('lets people change requests of each of their units', () => {
    expect(check('pic', ['pic'])).toEqual([]);
  });

  it('refuses a requester of another unit and says where they belong', () => {
    const [found] = check('lain');
    expect(found?.code).toBe('cross/requester-outside-unit');
    expect(found?.message.en).toBe('lain does not belong to djp-timur; they are registered in djp');
  });

  it('refuses authors and committers of another unit, each once', () => {
    expect(check('pic', ['lain', 'lain', 'hantu']).map((one) => one.message.en)).toEqual([
      'lain may not change requests of djp-timur: they are not registered in that unit',
      'hantu may not change requests of djp-timur: they are not registered in that unit',
    ]);
  });

  it('leaves an unknown requester to the rule that finds unknown people', () => {
    expect(check('hantu')).toEqual([]);
  });
});
