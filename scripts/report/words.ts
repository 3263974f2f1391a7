import type { Norm } from '../../core/catalogue/norm.ts';
import { both, type Text } from '../../core/finding.ts';
import type { FieldValue, Kind } from '../../core/kinds.ts';
import type { Id } from '../../core/resource.ts';
import { normOf, type StepActor } from '../../core/work-order/order.ts';
import { say } from './texts.ts';

/** Names for people; a kind or field that is missing here shows its own name. */
const KINDS: Readonly<Record<string, Text>> = {
  machine: { id: 'mesin virtual', en: 'virtual machine' },
  namespace: { id: 'namespace Kubernetes', en: 'Kubernetes namespace' },
  'directory-account': { id: 'akun Active Directory', en: 'Active Directory account' },
  'directory-group': { id: 'grup Active Directory', en: 'Active Directory group' },
  'cloud-user': { id: 'pengguna Microsoft 365', en: 'Microsoft 365 user' },
  mailbox: { id: 'kotak surat', en: 'mailbox' },
  'dns-record': { id: 'catatan DNS', en: 'DNS record' },
  'work-order': { id: 'perintah kerja', en: 'work order' },
};

const FIELDS: Readonly<Record<string, Text>> = {
  ou: { id: 'Unit organisasi (OU)', en: 'Organisational unit (OU)' },
  cn: { id: 'Nama (CN)', en: 'Name (CN)' },
  displayName: { id: 'Nama tampilan', en: 'Display name' },
  userPrincipalName: { id: 'Nama masuk', en: 'Sign-in name' },
  employeeNumber: { id: 'NIP', en: 'Employee number (NIP)' },
  enabled: { id: 'Aktif', en: 'Enabled' },
  mail: { id: 'Alamat surel', en: 'E-mail address' },
  address: { id: 'Alamat surel', en: 'E-mail address' },
  aliases: { id: 'Alamat lain', en: 'Further addresses' },
  groups: { id: 'Grup', en: 'Groups' },
  expires: { id: 'Berlaku sampai', en: 'Valid until' },
  members: { id: 'Anggota', en: 'Members' },
  mailboxKb: { id: 'Batas kotak surat (KB)', en: 'Mailbox limit (KB)' },
  messageKb: { id: 'Batas ukuran surel (KB)', en: 'Message limit (KB)' },
  mailNickname: { id: 'Alias surel', en: 'Mail nickname' },
  passwordResetAt: { id: 'Reset kata sandi', en: 'Password reset' },
  mfaResetAt: { id: 'Reset MFA', en: 'MFA reset' },
  unblockedAt: { id: 'Blokir dibuka', en: 'Unblocked' },
  usageLocation: { id: 'Negara pemakaian', en: 'Usage location' },
  licence: { id: 'Lisensi', en: 'Licence' },
  quotaGb: { id: 'Kuota (GB)', en: 'Quota (GB)' },
  zone: { id: 'Zona', en: 'Zone' },
  ttl: { id: 'TTL (detik)', en: 'TTL (seconds)' },
  values: { id: 'Nilai', en: 'Values' },
  unit: { id: 'Unit', en: 'Unit' },
  os: { id: 'Sistem operasi', en: 'Operating system' },
  cores: { id: 'Inti prosesor', en: 'Cores' },
  memoryGb: { id: 'Memori (GB)', en: 'Memory (GB)' },
  diskGb: { id: 'Diska (GB)', en: 'Disk (GB)' },
  storageGb: { id: 'Penyimpanan (GB)', en: 'Storage (GB)' },
  network: { id: 'Jaringan', en: 'Network' },
  hostname: { id: 'Nama host', en: 'Host name' },
  power: { id: 'Daya', en: 'Power' },
  until: { id: 'Berlaku sampai', en: 'Until' },
  pods: { id: 'Jumlah pod', en: 'Pods' },
  podSecurity: { id: 'Tingkat keamanan pod', en: 'Pod security level' },
  accessIssuedAt: { id: 'Berkas akses diterbitkan', en: 'Access file issued' },
  form: { id: 'Versi susunan', en: 'Form' },
  code: { id: 'Butir', en: 'Item' },
  title: { id: 'Judul', en: 'Title' },
  team: { id: 'Tim', en: 'Team' },
  steps: { id: 'Langkah', en: 'Steps' },
  preparation: { id: 'Persiapan', en: 'Preparation' },
  components: { id: 'Komponen yang dinilai', en: 'Components judged' },
  documents: { id: 'Dokumen', en: 'Documents' },
  details: { id: 'Keterangan', en: 'Details' },
  occasion: { id: 'Sebab', en: 'Occasion' },
  startsAt: { id: 'Kegiatan mulai', en: 'Activity starts' },
  endsAt: { id: 'Kegiatan selesai', en: 'Activity ends' },
  norm: { id: 'Norma waktu', en: 'Norm' },
  closing: { id: 'Penutupan setelah kegiatan', en: 'Closing after the activity' },
  calendar: { id: 'Kalender', en: 'Calendar' },
};

/** Fields that mean something else in one kind. */
const OF_KIND: Readonly<Record<string, Text>> = {
  'machine.address': { id: 'Alamat IP', en: 'IP address' },
  'namespace.members': { id: 'Pengguna', en: 'Users' },
};

const own = (names: Readonly<Record<string, Text>>, name: string): Text =>
  Object.hasOwn(names, name) ? (names[name] ?? both(name)) : both(name);

/** `akun Active Directory andi.pratama`. */
export function resourceText({ kind, key }: Id): Text {
  const name = own(KINDS, kind);
  return { id: `${name.id} ${key}`, en: `${name.en} ${key}` };
}

/** A field's name in plain words. */
export const fieldText = (kind: Kind, field: string): Text => OF_KIND[`${kind}.${field}`] ?? own(FIELDS, field);

/** A value of a field of a kind in plain words; undefined where there is no value yet or no more. */
export function valueText(kind: Kind, value: FieldValue | undefined): Text {
  if (value === undefined) return { id: '—', en: '—' };
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return say('value.none');
  if (typeof value === 'boolean') return flagText(value);
  const words = [value].flat().map((one) => (kind === 'work-order' ? workText(String(one)) : both(String(one))));
  return { id: words.map((word) => word.id).join(', '), en: words.map((word) => word.en).join(', ') };
}

/** What stands in a field of a work order: `6 working_hour`, `duty:escorted`, `spec.picAttends=true`. */
function workText(word: string): Text {
  const norm = normOf(word);
  if (norm !== null) return normText(norm);
  const [, actor, step] = /^(duty|requester):(.*)$/.exec(word) ?? [];
  if (actor !== undefined) {
    const who = actorText(actor as StepActor);
    return { id: `${who.id}: ${step}`, en: `${who.en}: ${step}` };
  }
  const [, path, flag] = /^([^=\s]+=)(true|false)$/.exec(word) ?? [];
  if (path === undefined) return both(word);
  const answer = flagText(flag === 'true');
  return { id: path + answer.id, en: path + answer.en };
}

/** Who does a step of a work order. */
export const actorText = (actor: StepActor): Text => say(`actor.${actor}`);

/** `ya` or `tidak`. */
export const flagText = (flag: boolean): Text => say(flag ? 'value.yes' : 'value.no');

/** `2 hari kerja`. */
export const normText = (norm: Norm): Text => say(`unit.${norm.unit}`, { n: norm.value });
