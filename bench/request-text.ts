import { createHash } from 'node:crypto';

/** The unit that a request is of, as far as its text needs it. */
export interface Home {
  readonly id: string;
  readonly zone: string;
  /** People of the sample organisation: who asks, and who signs letters. */
  readonly requester: string;
  readonly signer: string;
}

const GIVEN = ['Andi', 'Siti', 'Budi', 'Rina', 'Joko', 'Maya', 'Toni', 'Lina', 'Hadi', 'Fitri', 'Slamet', 'Nadia'];
const FAMILY = ['Pratama', 'Lestari', 'Santoso', 'Wati', 'Susilo', 'Sari', 'Saputra', 'Marlina', 'Handayani', 'Putri'];
const PURPOSES = ['Server uji aplikasi', 'Server pemantau', 'Perangkat absensi', 'Katalog daring', 'Kelas daring'];

const pick = (list: readonly string[], number: number): string => list[number % list.length] ?? '';
const checksum = (number: number): string => createHash('sha256').update(`letter ${number}`).digest('hex');
const day = (number: number): string =>
  `2026-${String(1 + (number % 10)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`;

const head = (service: string, title: string, number: number, home: Home): string => `\
# yaml-language-server: $schema=../../policies/schema/sc-11-2023/${service}.json
catalogue: sc-11-2023
service: ${service}
title: ${title}
requester: ${home.requester}
contacts:
  - ${home.requester}
  - layanan-${number}@contoh.test
state: active
# Disetujui dengan surat; meja layanan menyatakan telah melihat aslinya.
approval:
  letter:
    number: ND-${number}/KC.${number % 97}/2026
    date: ${day(number)}
    signer: ${home.signer}
    sha256: ${checksum(number)}
    url: https://naskah.contoh.test/surat/2026/ND-${number}-KC-${number % 97}
`;

/** An account, about 900 bytes in 30 lines; number and unit make its names unique. */
export function accountText(number: number, home: Home): string {
  const name = `${pick(GIVEN, number)} ${pick(FAMILY, number >> 3)}`;
  const login = `${pick(GIVEN, number).toLowerCase()}.${number}`;
  const nip = `19900101${String(number).padStart(10, '0')}`;
  return `${head('account', `Akun pegawai ${name} nomor ${number}`, number, home)}\
spec:
  login: ${login}
  kind: individual
  displayName: Contoh ${name}
  # Nomor induk pegawai, dalam tanda petik agar tetap teks
  nip: "${nip}"
  address: ${login}
  aliases:
    - ${home.id}.${number}
    - pegawai.${number}
  mailbox: ${number % 4 === 0 ? 'licensed' : 'standard'}
  internet: ${number % 3 !== 0}
`;
}

/** A static address, as large as an account. */
export function staticIpText(number: number, home: Home): string {
  const purpose = pick(PURPOSES, number);
  return `${head('static-ip', `Alamat ${purpose.toLowerCase()} nomor ${number}`, number, home)}\
spec:
  host: server-${number}
  zone: ${home.zone}
  # Nama lama tetap dipakai sampai semua pemakai pindah
  aliases:
    - lama-${number}
    - cadangan-${number}
    - uji-${number}
    - pantau-${number}
    - arsip-${number}
  ttl: ${300 + 60 * (number % 50)}
  purpose: ${purpose} nomor ${number} untuk ${home.id}
`;
}
