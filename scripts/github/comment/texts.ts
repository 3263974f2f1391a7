import type { Text } from '../../../core/finding.ts';
import { filled, type TextValues } from '../../report/texts.ts';

/** Words of the comments on a pull request. `{s}` is an English plural, empty when `{n}` is 1. */
const TEXTS = {
  'status.invalid': { id: '{n} kesalahan harus diperbaiki', en: '{n} error{s} to correct' },
  'status.waiting': { id: 'Menunggu persetujuan {n} permintaan', en: 'Waiting for approval of {n} request{s}' },
  'status.naming': {
    id: 'Menunggu pejabat menyebut {n} penghapusan satu per satu',
    en: 'Waiting for an official to name {n} deletion{s} one by one',
  },
  'status.held': { id: '{n} permintaan tertahan', en: '{n} request{s} held' },
  'status.ready': { id: 'Siap digabung', en: 'Ready to merge' },
  'status.none': { id: 'Tidak ada permintaan yang berubah', en: 'No request changes' },
  'status.done': { id: 'Selesai dikerjakan', en: 'Carried out' },
  'status.going-on': {
    id: 'Dikerjakan; masih menunggu sistem tujuan',
    en: 'Carried out; the targets are not ready yet',
  },
  'status.failed': { id: '{n} permintaan gagal dikerjakan', en: '{n} request{s} failed' },
  'next.naming': {
    id: 'Pejabat menulis baris-baris /hapus di bawah ini dalam satu komentar',
    en: 'An official writes the /hapus lines below in one comment',
  },
  'next.line': { id: 'Langkah berikut', en: 'Next step' },
  'count.create': { id: '{n} akan dibuat', en: '{n} to create' },
  'count.adopt': { id: '{n} diambil alih', en: '{n} to adopt' },
  'count.update': { id: '{n} diubah', en: '{n} to update' },
  'count.delete': { id: '{n} dihapus', en: '{n} to delete' },
  'count.held': { id: '{n} tertahan', en: '{n} held' },
  'count.warnings': { id: '{n} peringatan', en: '{n} warning{s}' },
  'next.more': { id: 'dan {n} lainnya di tabel', en: 'and {n} more in the table' },
  'approve.how': {
    id: 'pejabat memilih *Approve* di *Review changes*, atau menulis komentar yang hanya berisi baris ini',
    en: 'the official chooses *Approve* in *Review changes*, or writes a comment that holds this line only',
  },
  'approve.title': { id: 'Menyetujui', en: 'To approve' },
  'approve.binds': {
    id: 'Kodenya mengikat isi yang tampil di sini: bila isi berubah, kodenya berubah dan persetujuan diulang.',
    en: 'The code binds what is shown here: when that changes, so does the code, and approval is given again.',
  },
  'approve.each': { id: 'Menyetujui satu per satu', en: 'To approve one by one' },
  'approve.letter': {
    id: 'Dengan surat: meja layanan mencocokkan surat asli, lalu menulis baris ini dengan hasil sha256sum surat itu',
    en: 'By letter: the service desk looks at the original, then writes this line with its sha256sum',
  },
  'approve.sha256': { id: '<sha256 surat asli>', en: '<sha256 of the original>' },
  'approve.deletes': {
    id: 'penghapusan sebanyak ini disebut satu per satu; pejabat menulis baris-baris ini, dan tidak ada yang lain, dalam satu komentar',
    en: 'so many deletions are named one by one; the official writes these lines, and nothing else, in one comment',
  },
  'section.quota': { id: 'Kuota unit', en: 'Quota of the unit' },
  'column.unit': { id: 'Unit', en: 'Unit' },
  'column.quota': { id: 'Kuota', en: 'Quota' },
  'column.used': { id: 'Terpakai', en: 'Used' },
  'column.asked': { id: 'Diminta', en: 'Asked' },
  'column.left': { id: 'Sisa', en: 'Left' },
  'quota.of': { id: '{key}, paling banyak {limit}', en: '{key}, at most {limit}' },
  'quota.accounts': { id: 'akun', en: 'accounts' },
  'quota.licences': { id: 'lisensi', en: 'licences' },
  'quota.addresses': { id: 'alamat', en: 'addresses' },
  'section.not-counted': { id: 'Persetujuan yang tidak dihitung', en: 'Approvals that do not count' },
  'section.details': { id: 'Sebelum dan sesudah: {n} permintaan', en: 'Before and after: {n} requests' },
  'section.history': { id: 'Riwayat', en: 'History' },
  'section.english': { id: 'English', en: 'English' },
  'section.handover': { id: 'Serah terima tersegel', en: 'Sealed hand-over' },
  'column.object': { id: 'Untuk', en: 'For' },
  'column.file': { id: 'Berkas tersegel', en: 'Sealed file' },
  'column.key': { id: 'Kunci', en: 'Key' },
  'column.until': { id: 'Sampai', en: 'Until' },
  'handover.how': {
    id: 'Hanya pemilik kunci yang dapat membukanya, dengan perintah <code>layanan open</code>.',
    en: 'Only the owner of the key can open it, with the command <code>layanan open</code>.',
  },
  'foot.commit': { id: 'commit {head}', en: 'commit {head}' },
  'foot.plan': { id: 'rencana {digest}', en: 'plan {digest}' },
  'foot.read': { id: 'keadaan sistem dibaca {at}', en: 'targets read at {at}' },
  'foot.summary': { id: 'ringkasan lengkap', en: 'full summary' },
  'foot.cut': { id: 'tidak semua dimuat di sini', en: 'not all of it is shown here' },
  'left.annotations': { id: '{n} temuan lainnya di ringkasan', en: '{n} more findings in the summary' },
} as const satisfies Record<string, Text>;

type CommentTextKey = keyof typeof TEXTS;

/** A text of the comments in both languages, filled. */
export const tell = (key: CommentTextKey, values: TextValues = {}): Text => filled(TEXTS[key], values);

/** The name of a quota for people; one that is missing here shows its own name. */
export function quotaText(key: string): Text {
  const known = `quota.${key}`;
  return known in TEXTS ? tell(known as CommentTextKey) : { id: key, en: key };
}
