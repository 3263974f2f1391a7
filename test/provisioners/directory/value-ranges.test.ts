import { describe, expect, it } from 'vitest';
import { withAllValues } from '../../../provisioners/directory/value-ranges.ts';

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => `CN=${first + i}`);

describe('withAllValues()', () => {
  it('leaves an entry without ranges as it is', async () => {
    const entry = { dn: 'CN=g', attributes: { member: ['CN=1'] } };
    expect(await withAllValues(entry, async () => ({}))).toEqual(entry);
  });

  it('asks on from where a range ended, until the last', async () => {
    const asked: string[] = [];
    const entry = { dn: 'CN=g', attributes: { member: [], 'member;range=0-1499': range(0, 1499) } };
    const whole = await withAllValues(entry, async (_dn, attribute) => {
      asked.push(attribute);
      return attribute.endsWith('1500-*')
        ? { member: [], 'member;range=1500-2999': range(1500, 2999) }
        : { 'member;range=3000-*': range(3000, 3100) };
    });
    expect(asked).toEqual(['member;range=1500-*', 'member;range=3000-*']);
    expect(whole.attributes).toEqual({ member: range(0, 3100) });
  });

  it('rejects when the rest does not come', async () => {
    const entry = { dn: 'CN=g', attributes: { 'member;range=0-1499': range(0, 1499) } };
    await expect(withAllValues(entry, async () => ({ member: [] }))).rejects.toThrow(
      "Values of 'member' from 1500 on are missing",
    );
  });
});
