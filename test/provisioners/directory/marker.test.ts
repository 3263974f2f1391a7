import { describe, expect, it } from 'vitest';
import { formatMarker, parseMarker } from '../../../provisioners/directory/marker.ts';

describe('parseMarker()', () => {
  it('reads request and stamps', () => {
    expect(parseMarker('layanan:djp/andi;passwordResetAt=2026-11-20T02:00:00Z;handover=0a')).toEqual({
      request: 'djp/andi',
      passwordResetAt: '2026-11-20T02:00:00Z',
      handover: '0a',
    });
  });

  it.each([
    undefined,
    '',
    'layanan:',
    'layanan-members',
    'layanan:djp',
    'layanan:djp/andi/x',
    'layanan:DJP/andi',
    'layanan:djp/andi;',
    'layanan:djp/andi;owner=x',
    'layanan:djp/andi;handover=a;handover=b',
    'layanan:djp/andi;handover=a b',
    ' layanan:djp/andi',
  ])('takes %j for no marker', (text) => {
    expect(parseMarker(text)).toBeUndefined();
  });
});

describe('formatMarker()', () => {
  it('writes what is read back', () => {
    const stamps = { passwordResetAt: '2026-11-20T09:00:00+07:00', unblockedAt: '2026-11-21T02:00:00Z' };
    const marker = { request: 'djp/andi.pratama', ...stamps, handover: 'ff' };
    expect(parseMarker(formatMarker(marker))).toEqual(marker);
  });

  it('refuses what would not be', () => {
    expect(() => formatMarker({ request: 'djp/andi;handover=1' })).toThrow('as a marker');
  });
});
