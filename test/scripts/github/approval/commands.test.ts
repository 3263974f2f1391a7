import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommands } from '../../../../scripts/github/approval/commands.ts';
import { hostile } from '../../report/hostile.ts';

const D = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const OTHER = 'f'.repeat(32);
const misread = (body: string) => {
  const reading = readCommands(body);
  return reading !== null && 'misread' in reading ? reading.misread : reading;
};

describe('readCommands()', () => {
  it('takes exact lines, one command on each, with blank lines between them', () => {
    expect(readCommands(`/setuju ${D}\r\n\r\n/setuju ${OTHER}\n`)).toEqual({
      commands: [
        { name: 'setuju', digest: D },
        { name: 'setuju', digest: OTHER },
      ],
    });
  });

  it('takes the name of an object with its spaces, and a letter with its checksum', () => {
    expect(readCommands(`/hapus dns-record:A spt.contoh.test ${D}`)).toEqual({
      commands: [{ name: 'hapus', object: 'dns-record:A spt.contoh.test', digest: D }],
    });
    const sha256 = 'b'.repeat(64);
    expect(readCommands(`/surat ${D} ${sha256}`)).toEqual({ commands: [{ name: 'surat', digest: D, sha256 }] });
  });

  it('says nothing of ordinary talk', () => {
    for (const body of ['', 'Terima kasih!', 'setuju', 'Saya setuju, Pak', 'lihat /etc/hosts', '/merge', `kode ${D}`])
      expect(readCommands(body)).toBeNull();
  });

  it('refuses a quotation and code', () => {
    for (const body of [`> /setuju ${D}`, `\`\`\`\n/setuju ${D}\n\`\`\``, `    /setuju ${D}`, `\`/setuju ${D}\``])
      expect(misread(body)).toBe('approval/quoted');
  });

  it('refuses letters that only look alike, capitals and what cannot be seen', () => {
    for (const body of [
      `/sеtuju ${D}`,
      `/SETUJU ${D}`,
      `\u200b/setuju ${D}`,
      `/setuju\u00a0${D}`,
      `／setuju ${D}`,
      `/setuju ${D.replace('a', 'а')}`,
      `/setuju ${D}\u2028`,
      `/se\u00adtuju ${D}`,
    ])
      expect(misread(body)).toBe('approval/look-alike');
  });

  it('refuses extra words, other spaces and digests of another length', () => {
    for (const body of [
      `/setuju ${D} ya`,
      `Baik.\n/setuju ${D}`,
      `/setuju  ${D}`,
      ` /setuju ${D}`,
      `/setuju ${D} `,
      `/setuju\t${D}`,
      `/setuju ${D.slice(1)}`,
      `/setuju ${D}${D}`,
      '/setuju',
      `/setujui ${D}`,
      `/setuju ${D}\n/setuju`,
      `- /setuju ${D}`,
    ])
      expect(misread(body)).toBe('approval/extra-words');
  });

  it('does not let a reply by mail approve with the text that it answers', () => {
    expect(misread(`Saya tolak.\n\nFrom: Layanan\nSent: Friday\n\n/setuju ${D}\n`)).toBe('approval/extra-words');
  });

  it('finds no command in 5,000 hostile comments', () => {
    const wrapped = fc
      .tuple(hostile, fc.constantFrom('setuju', 'hapus', 'surat', 'Setuju', 'apply', 'sеtuju'), hostile)
      .map(([before, word, after]) => `${before}/${word}${after}${D}`);
    const spoiled = fc
      .tuple(fc.nat({ max: 39 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }))
      .map(([at, text]) => `/setuju ${D}`.slice(0, at) + text + `/setuju ${D}`.slice(at));
    const lines = (body: string) => body.split(/\r?\n/).filter((line) => !/^[ \t]*$/.test(line));
    fc.assert(
      fc.property(fc.oneof(wrapped, spoiled, hostile), (body) => {
        const reading = readCommands(body);
        if (reading === null || !('commands' in reading)) return;
        // What counts is the exact line, alone: anything that surrounds it can only be white space.
        for (const line of lines(body))
          expect(line).toMatch(/^\/(setuju|hapus [ -~]+|surat) [0-9a-f]{32}( [0-9a-f]{64})?$/);
      }),
      { numRuns: 5000 },
    );
  });
});
