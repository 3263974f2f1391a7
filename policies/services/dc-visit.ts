import * as z from 'zod';
import { activityTime, displayText } from '../../core/load/fields.ts';
import type { Service } from '../../core/service.ts';

/** Figures of the catalogue: the sites, by the word that requests name them with. */
const Figures = z.object({ sites: z.record(z.string(), z.object({ name: z.string() })) });

/**
 * Who comes. Guards compare a card with its kind and its last four characters: more of its number is not needed, and
 * what stands in a repository stands there for ever.
 */
const visitor = () =>
  z.strictObject({
    name: displayText(100).meta({
      description: 'Nama lengkap seperti pada kartu identitas.',
      examples: ['Contoh Adi'],
    }),
    from: z.enum(['staff', 'third-party']).meta({
      description: 'staff: pegawai kementerian. third-party: Pihak Ketiga.',
      examples: ['staff'],
    }),
    organisation: z.exactOptional(
      displayText(100).meta({ description: 'Perusahaan atau lembaga Pihak Ketiga.', examples: ['PT Contoh Jaringan'] }),
    ),
    card: z.enum(['nip', 'ktp', 'sim', 'paspor']).meta({
      description: 'Kartu yang ditunjukkan di pintu masuk.',
      examples: ['nip'],
      private: true,
    }),
    cardEnding: z
      .string()
      .regex(/^[0-9A-Z]{4}$/)
      .meta({
        description: 'Empat karakter terakhir nomor kartu itu. Nomor lengkap tidak ditulis di sini.',
        examples: ['5001'],
        private: true,
        hint: {
          id: 'empat angka atau huruf besar terakhir, dalam tanda petik',
          en: 'the last four digits or capital letters, in quotes',
        },
      }),
  });

function specOf(figures: unknown) {
  const { sites } = Figures.parse(figures);
  const names = Object.keys(sites);
  return z.strictObject({
    site: z.enum(names).meta({
      description: `Lokasi.${names.map((name) => ` ${name}: ${sites[name]?.name}.`).join('')}`,
      examples: names,
    }),
    room: z.exactOptional(
      displayText(80).meta({
        description: 'Tujuan ruangan; wajib untuk Smart DC.',
        examples: ['Ruang server lantai 2'],
      }),
    ),
    pic: displayText(100).meta({
      description: 'Nama PIC Unit Pengguna.',
      examples: ['Contoh Budi'],
    }),
    picAttends: z.boolean().meta({
      description: 'Apakah PIC ikut hadir mendampingi.',
      examples: [true],
    }),
    plan: displayText(300).meta({
      description: 'Rencana kegiatan.',
      examples: ['Penggantian modul jaringan pada rak 12'],
    }),
    time: activityTime(),
    visitors: z
      .array(visitor())
      .min(1)
      .max(30)
      .meta({
        description: 'Daftar nama dan identitas pegawai dan Pihak Ketiga.',
        examples: [[{ name: 'Contoh Adi', from: 'staff', card: 'nip', cardEnding: '5001' }]],
      }),
  });
}

/** A visit to a data centre: nothing stands at a target, people check, escort and log it. */
export const dcVisit: Service = {
  name: 'dc-visit',
  states: ['active', 'deleted'],
  spec: specOf,
  claims: () => [],
  usage: () => ({}),
  pools: () => [],
  expand: () => [],
};
