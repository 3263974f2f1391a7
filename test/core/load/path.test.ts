import { describe, expect, it } from 'vitest';
import { requestIdOf, requestPath, unitOf } from '../../../core/load/path.ts';

describe('requestIdOf()', () => {
  it.each([
    'requests/djp/spt.yaml',
    '/srv/permintaan/djp/spt.yml',
    'djp/spt.YAML',
    'djp/spt',
  ])('takes %s for djp/spt', (path) => {
    expect(requestIdOf(path)).toBe('djp/spt');
  });
});

describe('unitOf()', () => {
  it('is the folder, and empty for a name without one', () => {
    expect([unitOf('djp/spt'), unitOf('spt')]).toEqual(['djp', '']);
  });
});

describe('requestPath()', () => {
  it('gives unit and name', () => {
    expect(requestPath('requests/djp/spt.yaml')).toEqual({ id: 'djp/spt', unit: 'djp', name: 'spt' });
  });

  it.each([
    ['requests/djp/Server SPT.yaml', 'djp/server-spt.yaml'],
    ['requests/djp/spt.yml', 'djp/spt.yaml'],
    ['requests/DJP/spt.yaml', 'djp/spt.yaml'],
  ])('refuses %s and names %s', (path, suggestion) => {
    expect(requestPath(path).fault).toEqual({ code: 'request/path', values: { path }, suggestion });
  });

  it('refuses a file in no folder', () => {
    expect(requestPath('spt.yaml').fault?.code).toBe('request/path');
  });
});
