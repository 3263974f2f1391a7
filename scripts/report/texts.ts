import type { Text } from '../../core/finding.ts';

/** Words that views and commands say to people. `{s}` is an English plural, empty when `{n}` is 1. */
const TEXTS = {
  'verdict.errors': { id: '{n} kesalahan di {files} berkas', en: '{n} error{s} in {files} file(s)' },
  'verdict.failed': { id: '{n} dari {of} perubahan gagal', en: '{n} of {of} change(s) failed' },
  'verdict.unknown': {
    id: 'Hasil {n} dari {of} perubahan belum diketahui',
    en: 'The result of {n} of {of} change(s) is unknown',
  },
  'verdict.done': { id: 'Selesai: {n} perubahan diterapkan', en: 'Done: {n} change{s} applied' },
  'verdict.approval': { id: '{n} permintaan menunggu persetujuan', en: '{n} request{s} waiting for approval' },
  'verdict.plan': { id: 'Rencana: {counts}', en: 'Plan: {counts}' },
  'plan.digest': {
    id: 'Digest rencana {digest}. Menerapkannya: {command}',
    en: 'Plan digest {digest}. To apply it: {command}',
  },
  'plan.enter': {
    id: 'Semua sudah seperti yang diminta. Mencatatnya sebagai terpenuhi: {command}',
    en: 'All is as it was asked for. To enter it as fulfilled: {command}',
  },
  'verdict.nothing': { id: 'Tidak ada yang perlu dikerjakan', en: 'Nothing to do' },
  'verdict.held': { id: '{n} sumber daya tertahan', en: '{n} resource{s} held' },
  'verdict.waiting': { id: '{n} permintaan belum selesai', en: '{n} request{s} not finished yet' },
  'verdict.valid': { id: '{n} permintaan diperiksa, tidak ada kesalahan', en: '{n} request{s} checked, no errors' },
  'counts.plan': {
    id: '{create} akan dibuat, {update} diubah, {delete} dihapus, {held} tertahan',
    en: '{create} to create, {update} to update, {delete} to delete, {held} held',
  },
  'counts.adopt': { id: '{n} diambil alih', en: '{n} to adopt' },
  'counts.warnings': { id: '{n} peringatan', en: '{n} warning{s}' },
  'counts.unchanged': { id: '{n} permintaan tidak berubah', en: '{n} request{s} unchanged' },
  'severity.error': { id: 'kesalahan', en: 'error' },
  'severity.warning': { id: 'peringatan', en: 'warning' },
  'severity.info': { id: 'info', en: 'info' },
  suggestion: { id: 'benar', en: 'correct' },
  'state.unchanged': { id: 'tidak berubah', en: 'unchanged' },
  'state.waiting-approval': { id: 'menunggu persetujuan', en: 'waiting for approval' },
  'state.ready': { id: 'siap dijalankan', en: 'ready' },
  'state.held': { id: 'tertahan', en: 'held' },
  'state.applied': { id: 'sudah terpenuhi', en: 'fulfilled' },
  'state.failed': { id: 'gagal', en: 'failed' },
  'state.waiting': { id: 'sedang menunggu', en: 'waiting' },
  'state.invalid': { id: 'perlu diperbaiki', en: 'needs correction' },
  'approval.none': { id: 'Tidak perlu persetujuan', en: 'No approval needed' },
  'approval.granted': { id: 'Disetujui: {who}', en: 'Approved: {who}' },
  'approval.missing': {
    id: 'Menunggu persetujuan eselon {rank} ke atas: {who}',
    en: 'Waiting for approval by echelon {rank} or higher: {who}',
  },
  'approval.nobody': { id: 'belum ada pejabat yang terdaftar', en: 'no official is registered yet' },
  echelon: { id: 'eselon {rank}', en: 'echelon {rank}' },
  due: { id: 'Jatuh tempo', en: 'Due' },
  next: { id: 'Langkah berikut', en: 'Next step' },
  'next.invalid': { id: 'Perbaiki berkas, lalu kirim lagi', en: 'Correct the file and push again' },
  'next.approve': {
    id: 'Minta persetujuan eselon {rank} ke atas: {who}',
    en: 'Ask for approval by echelon {rank} or higher: {who}',
  },
  'next.attest': {
    id: 'Tunjukkan surat aslinya ke meja layanan; setelah dicocokkan, surat itu menjadi persetujuannya',
    en: 'Show the original letter to the service desk; once they have attested it, it is the approval',
  },
  'next.ready': { id: 'Gabungkan permintaan ini', en: 'Merge this request' },
  'next.held': { id: 'Selesaikan yang tertahan, lalu jalankan lagi', en: 'Settle what is held, then run again' },
  'next.failed': {
    id: 'Jalankan lagi; yang sudah selesai tidak diulang',
    en: 'Run again; what is done is not repeated',
  },
  'next.waiting': {
    id: 'Tunggu; pemeriksaan berikut melanjutkan sendiri',
    en: 'Wait; the next run goes on by itself',
  },
  'due.unknown': { id: 'belum diketahui ({reason})', en: 'not known ({reason})' },
  'waits.team': { id: `Menunggu tim '{team}'`, en: `Waiting for team '{team}'` },
  'waits.requester': { id: 'Menunggu pemohon', en: 'Waiting for the requester' },
  'waits.people': { id: 'Menunggu {who}: {order}', en: 'Waiting for {who}: {order}' },
  'waits.until': { id: 'Menunggu {who} sampai {until}: {order}', en: 'Waiting for {who} until {until}: {order}' },
  'waits.overdue': {
    id: 'Menunggu {who}, terlambat sejak {until}: {order}',
    en: 'Waiting for {who}, overdue since {until}: {order}',
  },
  'next.none': { id: 'Tidak ada', en: 'None' },
  'action.create': { id: 'buat', en: 'create' },
  'action.adopt': { id: 'ambil alih', en: 'adopt' },
  'action.update': { id: 'ubah', en: 'update' },
  'action.delete': { id: 'hapus', en: 'delete' },
  'action.adopt.note': { id: 'hanya tanda kepemilikan yang ditulis', en: 'only the ownership marker is written' },
  'result.done': { id: 'selesai', en: 'done' },
  'result.failed': { id: 'gagal', en: 'failed' },
  'result.unknown': { id: 'belum diketahui', en: 'unknown' },
  handover: { id: 'Serah terima tersegel', en: 'Sealed hand-over' },
  'listing.empty': { id: 'Tidak ada', en: 'None' },
  'column.field': { id: 'Bidang', en: 'Field' },
  'column.value': { id: 'Isi', en: 'Value' },
  'column.before': { id: 'Sebelum', en: 'Before' },
  'column.after': { id: 'Sesudah', en: 'After' },
  'column.request': { id: 'Permintaan', en: 'Request' },
  'column.item': { id: 'Butir layanan', en: 'Item' },
  'column.change': { id: 'Perubahan', en: 'Change' },
  'column.approver': { id: 'Persetujuan', en: 'Approver' },
  'column.norm': { id: 'Norma waktu', en: 'Norm' },
  'column.next': { id: 'Langkah berikut', en: 'Next step' },
  'column.since': { id: 'Sejak', en: 'Since' },
  'column.until': { id: 'Sampai', en: 'Until' },
  'until.due': { id: '{at}', en: '{at}' },
  'until.overdue': { id: '{at}, terlambat', en: '{at}, overdue' },
  'until.off': { id: '{at} dimatikan', en: '{at} off' },
  'until.absent': { id: '{at} dihapus', en: '{at} deleted' },
  'norm.running': {
    id: 'Butir {code}: jam berjalan sejak {start}, paling lambat {due}',
    en: 'Item {code}: clock since {start}, due {due}',
  },
  'norm.overdue': { id: 'Butir {code}: terlambat, jatuh tempo {due}', en: 'Item {code}: overdue since {due}' },
  'norm.met': {
    id: 'Butir {code}: selesai {done}, tepat waktu ({due})',
    en: 'Item {code}: done {done}, in time ({due})',
  },
  'norm.missed': {
    id: 'Butir {code}: selesai {done}, terlambat ({due})',
    en: 'Item {code}: done {done}, late ({due})',
  },
  'column.state': { id: 'Keadaan', en: 'State' },
  'column.code': { id: 'Kode', en: 'Code' },
  'column.service': { id: 'Layanan', en: 'Service' },
  'column.name': { id: 'Nama', en: 'Name' },
  'column.automation': { id: 'Pelaksanaan', en: 'Fulfilled by' },
  'automation.full': { id: 'otomatis', en: 'programs' },
  'automation.partly': { id: 'sebagian otomatis', en: 'programs and people' },
  'automation.people': { id: 'petugas', en: 'people' },
  'unit.working_hour': { id: '{n} jam kerja', en: '{n} working hour{s}' },
  'unit.working_day': { id: '{n} hari kerja', en: '{n} working day{s}' },
  'unit.calendar_day': { id: '{n} hari kalender', en: '{n} calendar day{s}' },
  'actor.team': { id: 'tim', en: 'team' },
  'actor.duty': { id: 'petugas jaga', en: 'on duty' },
  'actor.requester': { id: 'pemohon', en: 'requester' },
  'value.yes': { id: 'ya', en: 'yes' },
  'value.no': { id: 'tidak', en: 'no' },
  'value.none': { id: 'tidak ada', en: 'none' },
  'section.findings': { id: 'Temuan', en: 'Findings' },
  'section.detail': { id: 'Sebelum dan sesudah', en: 'Before and after' },
  'section.raw': { id: 'Selisih mentah', en: 'Raw difference' },
  'left.findings': {
    id: '{n} temuan lagi tidak dimuat karena batas ukuran',
    en: '{n} more finding{s} left out because of the size limit',
  },
  'left.rows': {
    id: '{n} baris lagi tidak dimuat karena batas ukuran',
    en: '{n} more row{s} left out because of the size limit',
  },
  'left.details': {
    id: 'Rincian {n} permintaan tidak dimuat karena batas ukuran',
    en: 'Details of {n} request{s} left out because of the size limit',
  },
  'left.raw': {
    id: 'Selisih mentah tidak dimuat karena batas ukuran',
    en: 'The raw difference was left out because of the size limit',
  },
  'left.annotations': {
    id: '{n} {severity} lagi ada di ringkasan',
    en: '{n} more of severity {severity} in the summary',
  },
  'section.objects': { id: 'Di sistem tujuan', en: 'At the targets' },
  'section.events': { id: 'Riwayat', en: 'History' },
  'event.approved': { id: 'disetujui {by}', en: 'approved by {by}' },
  'event.letter': {
    id: 'disetujui dengan surat {by}, dilihat {attester}',
    en: 'approved by letter of {by}, seen by {attester}',
  },
  'event.accepted': {
    id: 'lengkap; waktu butir {items} mulai dihitung',
    en: 'complete; the clock of item {items} starts',
  },
  'event.outcome': { id: '{action} {object}: {result}', en: '{action} {object}: {result}' },
  'event.fulfilled': { id: 'terpenuhi: butir {items}', en: 'fulfilled: item {items}' },
  'event.phase': { id: 'terpenuhi', en: 'fulfilled' },
  'progress.done': { id: '{text}: selesai dalam {seconds} detik', en: '{text}: done in {seconds} seconds' },
} as const satisfies Record<string, Text>;

export type TextKey = keyof typeof TEXTS;

/** What stands in the holes of a text. */
export type TextValues = Readonly<Record<string, string | number | Text>>;

/** A text in both languages, its `{name}` replaced by the values. */
export function filled(text: Text, values: TextValues): Text {
  const fill = (lang: keyof Text) =>
    text[lang].replace(/\{(\w+)\}/g, (hole, name: string) => {
      if (name === 's') return values.n === 1 ? '' : 's';
      const value = values[name];
      if (value === undefined) return hole;
      return typeof value === 'object' ? value[lang] : String(value);
    });
  return { id: fill('id'), en: fill('en') };
}

/** One of the words above, filled. */
export const say = (key: TextKey, values: TextValues = {}): Text => filled(TEXTS[key], values);
