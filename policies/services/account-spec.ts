import * as z from 'zod';
import type { Figures } from '../../core/catalogue/catalogue.ts';
import { displayText, timestamp } from '../../core/load/fields.ts';
import { isFree, login, NAME, NAME_HINT, PROTECTED } from './login-field.ts';

/** What a catalogue says of one mailbox class. */
export interface MailboxFigures {
  readonly mailboxGb: number;
  readonly attachmentMb?: number;
  /** Where the catalogue sells more: the total that a mailbox may reach. */
  readonly mailboxMaxGb?: number;
}

/** Figures that both account catalogues give; a class that is absent is not offered. */
export interface AccountFigures {
  readonly licensed?: MailboxFigures;
  readonly standard?: MailboxFigures;
}

const CLASSES = ['licensed', 'standard', 'none'] as const;
/** The finest step of a quota, so that it is a whole number of KB. */
const QUOTA_STEP_GB = 0.25;

/** The ministry's domain is added: a request cannot ask for an address elsewhere. */
const localPart = () =>
  z
    .string()
    .max(64)
    .regex(NAME)
    .refine(isFree, PROTECTED)
    .meta({
      hint: {
        id: `bagian sebelum @ saja: ${NAME_HINT.id}`,
        en: `the part before the @ only: ${NAME_HINT.en}`,
      },
    });

const FIELDS = {
  login: login().meta({
    description: 'Nama masuk (login), 3 sampai 20 karakter. Tidak dapat diubah setelah akun dibuat.',
    examples: ['andi.pratama'],
  }),
  kind: z.enum(['individual', 'special', 'group']).meta({
    description:
      'Jenis akun. individual: milik satu pegawai. special: akun khusus untuk fungsi atau kegiatan. group: grup alamat.',
    examples: ['individual'],
  }),
  displayName: displayText(80).meta({ description: 'Nama yang tampil.', examples: ['Andi Pratama'] }),
  nip: z.exactOptional(
    z
      .string()
      .regex(/^\d{18}$/)
      .meta({
        description: 'NIP pemilik akun individu, 18 angka dalam tanda petik.',
        examples: ['199001012015011001'],
        hint: { id: '18 angka dalam tanda petik', en: '18 digits, in quotes' },
      }),
  ),
  address: z.exactOptional(
    localPart().meta({
      description: 'Alamat surat elektronik utama, bagian sebelum @; domain kementerian ditambahkan sendiri.',
      examples: ['andi.pratama'],
    }),
  ),
  aliases: z.exactOptional(
    z
      .array(localPart())
      .max(10)
      .meta({
        description: 'Alamat tambahan, bagian sebelum @.',
        examples: [['a.pratama']],
      }),
  ),
  internet: z
    .boolean()
    .default(false)
    .meta({ description: 'Akses internet dan intranet.', examples: [true] }),
  members: z.exactOptional(
    z
      .array(login())
      .max(500)
      .refine((logins) => new Set(logins).size === logins.length, { params: { code: 'account/member-twice' } })
      .meta({
        description: 'Anggota grup: nama masuk (login) akun-akunnya.',
        examples: [['andi.pratama', 'siti.lestari']],
      }),
  ),
  passwordResetAt: z.exactOptional(
    timestamp().meta({
      description: 'Minta reset password: tulis waktu sekarang. Hanya dilakukan bila lebih baru dari reset terakhir.',
      examples: ['2026-11-23T09:30:00+07:00'],
    }),
  ),
};

/** Acts that only a licensed account can ask for. */
const LICENSED_FIELDS = {
  mfaResetAt: z.exactOptional(
    timestamp().meta({
      description: 'Minta reset MFA (autentikasi multifaktor): tulis waktu sekarang.',
      examples: ['2026-11-23T09:30:00+07:00'],
    }),
  ),
  unblockedAt: z.exactOptional(
    timestamp().meta({
      description: 'Minta pengaktifan kembali akun collaboration tools yang terblokir: tulis waktu sekarang.',
      examples: ['2026-11-23T09:30:00+07:00'],
    }),
  ),
};

/** The classes that a catalogue offers, with what they hold, so that an editor shows it. */
function mailbox({ licensed, standard }: AccountFigures) {
  const offered = CLASSES.filter((name) => name === 'none' || { licensed, standard }[name] !== undefined);
  const texts = {
    licensed: `licensed: dengan lisensi collaboration tools, ${licensed?.mailboxGb} GB.`,
    standard: `standard: tanpa lisensi, ${standard?.mailboxGb} GB, lampiran sampai ${standard?.attachmentMb} MB.`,
    none: 'none: tanpa surat elektronik.',
  };
  return z
    .enum(offered as [(typeof CLASSES)[number]])
    .default('none')
    .meta({
      description: `Kelas kotak surat. ${offered.map((name) => texts[name]).join(' ')}`,
      examples: [offered[0] ?? 'none'],
    });
}

const quota = (least: number, most: number) =>
  z.exactOptional(
    z
      .number()
      .min(least)
      .max(most)
      .multipleOf(QUOTA_STEP_GB)
      .meta({
        description: `Total kuota kotak surat setelah penambahan, ${least} sampai ${most} GB.`,
        examples: [most],
      }),
  );

const EVERY_FIELD = { ...FIELDS, ...LICENSED_FIELDS, mailbox: mailbox({}), mailboxGb: quota(0, 0) };
/** A parsed spec; which optional fields it may have depends on the catalogue. */
export type AccountSpec = z.output<z.ZodObject<typeof EVERY_FIELD>>;

/** The schema of an account under the figures of one catalogue. */
export function accountSpec(figures: Figures): z.ZodObject {
  const { licensed, standard }: AccountFigures = figures;
  return z.strictObject({
    ...FIELDS,
    mailbox: mailbox({ ...(licensed ? { licensed } : {}), ...(standard ? { standard } : {}) }),
    ...(standard?.mailboxMaxGb === undefined ? {} : { mailboxGb: quota(standard.mailboxGb, standard.mailboxMaxGb) }),
    ...(licensed === undefined ? {} : LICENSED_FIELDS),
  });
}
