import type { Text } from '../../core/finding.ts';

export const TEXTS = {
  service: { id: 'Layanan apa yang Anda perlukan?', en: 'Which service do you need?' },
  unit: { id: 'Untuk unit mana? (folder berkas)', en: 'For which unit? (folder of the file)' },
  requester: { id: 'Siapa pemohonnya?', en: 'Who asks for it?' },
  name: {
    id: 'Nama berkas, tanpa .yaml: huruf kecil, angka, dan tanda hubung',
    en: 'Name of the file, without .yaml: small letters, digits and hyphens',
  },
  taken: {
    id: 'Berkas ini sudah ada; untuk mengubah layanannya, ubah berkas itu',
    en: 'This file exists; to change the service, edit it',
  },
  optional: { id: 'Kolom lain yang ingin Anda isi (boleh tidak ada)', en: 'Other fields to fill in (none will do)' },
  list: { id: 'pisahkan dengan koma', en: 'separate by commas' },
  more: { id: 'Tambah satu lagi?', en: 'Add another one?' },
  wrong: { id: 'Belum bisa diajukan', en: 'Not ready to be sent' },
  mend: { id: 'Kolom mana yang diperbaiki?', en: 'Which fields do you change?' },
  order: { id: 'Yang Anda pesan', en: 'What you order' },
  write: { id: 'Tulis berkas ini?', en: 'Write this file?' },
  cancelled: { id: 'Dibatalkan; tidak ada yang ditulis', en: 'Cancelled; nothing was written' },
} as const satisfies Record<string, Text>;
