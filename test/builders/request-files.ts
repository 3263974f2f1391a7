import { createHash } from 'node:crypto';
import { requestText } from '../../scripts/sheet/request-text.ts';

/** Members of a request file; a value of `undefined` takes the member away. */
type Members = Readonly<Record<string, unknown>>;

const without = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** Text of a request file of unit djp, valid as it is. */
const fileOf = (service: string, spec: Members, over: Members): string =>
  requestText({
    catalogue: 'sc-11-2023',
    service,
    ...without({ title: `Permintaan ${service}`, requester: 'djp-pic-aplikasi', ...over, spec: without(spec) }),
  });

/** A NIP of its own for each login: a person has one account. */
function nipOf(login: unknown): string {
  if (login === undefined) return '199001012015011001';
  const hash = createHash('sha256').update(String(login)).digest().readUInt32BE();
  return `19900101201${String(hash % 10_000_000).padStart(7, '0')}`;
}

/** A person's account with access to the internet and no mailbox: one object at one target. */
export const accountFile = (spec: Members = {}, over: Members = {}): string =>
  fileOf(
    'account',
    {
      login: 'andi.contoh',
      kind: 'individual',
      displayName: 'Contoh Andi',
      nip: spec.kind === undefined || spec.kind === 'individual' ? nipOf(spec.login) : undefined,
      mailbox: 'none',
      internet: true,
      ...spec,
    },
    over,
  );

/** An address with its name in the unit's zone: two objects, forward and reverse. */
export const addressFile = (spec: Members = {}, over: Members = {}): string =>
  fileOf('static-ip', { host: 'uji', zone: 'djp.contoh.test', purpose: 'Server uji', ...spec }, over);

/** Accounts of different people, by request id. */
export const accountFiles = (count: number, over: Members = {}): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const number = String(at).padStart(3, '0');
      const spec = { login: `orang${number}`, displayName: `Contoh Orang ${number}` };
      return [`djp/orang${number}`, accountFile(spec, over)];
    }),
  );

const SHA256 = 'f493fdad7a70a8100a580a500c79bd272147b81157cde8d719379050306e1cdf';

export const EVIDENCE = [{ type: 'deactivation-evidence', url: 'https://naskah.contoh.test/SK-88', sha256: SHA256 }];

/** The envelope's part for an approval by a signed letter. */
export const letterBy = (signer: string, date = '2026-11-16') => ({
  letter: { number: 'ND-7/DJP/2026', date, signer, sha256: SHA256 },
});

/** A development machine for a term. */
export const machineFile = (spec: Members = {}, over: Members = {}): string =>
  fileOf(
    'development-vm',
    {
      name: 'spt-dev',
      zone: 'djp.contoh.test',
      os: 'ubuntu-24.04',
      cores: 2,
      memoryGb: 4,
      diskGb: 50,
      until: '2026-12-04',
      purpose: 'Pengembangan',
      ...spec,
    },
    over,
  );
