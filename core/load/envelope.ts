import * as z from 'zod';
import type { Offer } from '../catalogue/catalogue.ts';
import { specSchema } from '../catalogue/spec-schema.ts';
import type { Text } from '../finding.ts';
import type { State } from '../request.ts';
import type { Service } from '../service.ts';
import { displayText, httpsUrl, isoDate, sha256, slug } from './fields.ts';

const DIGEST = '9f2c61d0b7a84e35c1f09d8e7b6a5443322110ffeeddccbbaa99887766554433';
const DOCUMENT_URL = 'https://arsip.contoh.test/bukti/7';

const letter = () =>
  z
    .strictObject({
      number: displayText(60).meta({ description: 'Nomor nota dinas atau surat.', examples: ['ND-12/PJ.12/2026'] }),
      date: isoDate().meta({ description: 'Tanggal surat, tahun-bulan-hari.', examples: ['2026-11-02'] }),
      signer: slug().meta({
        description: 'Pejabat yang menandatangani: pengenalnya di policies/organisation/people.yaml.',
        examples: ['djp-kasubdit-aplikasi'],
      }),
      sha256: sha256().meta({ description: 'SHA-256 berkas surat, keluaran sha256sum.', examples: [DIGEST] }),
      url: z.exactOptional(httpsUrl()).meta({
        description: 'Alamat surat di sistem naskah dinas.',
        examples: ['https://nadine.contoh.test/surat/12'],
      }),
    })
    .meta({ description: 'Surat persetujuan yang sudah ditandatangani; meja layanan menyatakan telah melihatnya.' });

const document = (types: Readonly<Record<string, Text>>) => {
  const names = Object.keys(types);
  return z.strictObject({
    type: (names.length > 0 ? z.enum(names) : slug()).meta({
      description: `Jenis dokumen.${names.map((name) => ` ${name}: ${types[name]?.id}.`).join('')}`,
      examples: names.length > 0 ? names : ['deactivation-evidence'],
    }),
    url: httpsUrl().meta({ description: 'Alamat dokumen.', examples: [DOCUMENT_URL] }),
    sha256: sha256().meta({ description: 'SHA-256 berkas, keluaran sha256sum.', examples: [DIGEST] }),
  });
};

const documents = (types: Readonly<Record<string, Text>>) => {
  const [type = 'deactivation-evidence'] = Object.keys(types);
  return z
    .array(document(types))
    .max(20)
    .meta({
      description: 'Dokumen pendukung yang diminta katalog.',
      examples: [[{ type, url: DOCUMENT_URL, sha256: DIGEST }]],
    });
};

const CONTACT = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*|[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)$/;

const contacts = () =>
  z
    .array(
      z
        .string()
        .max(254)
        .regex(CONTACT)
        .meta({
          description: 'Alamat surel atau pengenal orang.',
          examples: ['helpdesk@contoh.test'],
          hint: { id: 'alamat surel atau pengenal orang', en: 'an e-mail address or the id of a person' },
        }),
    )
    .min(1)
    .max(10)
    .meta({ description: 'Siapa yang dihubungi bila ada pertanyaan.', examples: [['helpdesk@contoh.test']] });

/** What one catalogue offers, with the code of its service. */
export interface Offered {
  readonly offer: Offer;
  readonly service: Service;
}

const ALL_STATES: readonly State[] = ['active', 'disabled', 'deleted'];
const STATE_TEXTS: Readonly<Record<State, string>> = {
  active: 'dipakai',
  disabled: 'dinonaktifkan',
  deleted: 'dihapus; berkasnya tetap disimpan',
};
const stateText = (state: State): string => `${state}: ${STATE_TEXTS[state]}.`;

const approval = () =>
  z
    .strictObject({ letter: letter() })
    .meta({ description: 'Hanya bila pejabat menyetujui dengan surat, bukan di pull request.' });

/** The schema of a whole request file; without an offer, of what every file has. */
export function envelope(offered?: Offered) {
  const { offer, service } = offered ?? {};
  const spec = offer && service ? specSchema(service, offer.figures) : z.record(z.string(), z.unknown());
  const states = service?.states ?? ALL_STATES;
  return z.strictObject({
    catalogue: (offer ? z.literal(offer.catalogue) : slug()).meta({
      description: 'Katalog layanan yang dipakai.',
      examples: [offer?.catalogue ?? 'sc-11-2023'],
    }),
    service: (offer ? z.literal(offer.service) : slug()).meta({
      description: offer ? `Layanan yang diminta: ${offer.name.id}.` : 'Layanan yang diminta.',
      examples: [offer?.service ?? 'account'],
    }),
    title: displayText(120).meta({
      description: 'Judul singkat, untuk dibaca orang.',
      examples: ['Akun pegawai baru Seksi Arsip'],
    }),
    requester: slug().meta({
      description: 'Pemohon: pengenalnya di policies/organisation/people.yaml.',
      examples: ['djp-pic-aplikasi'],
    }),
    contacts: z.exactOptional(contacts()),
    state: z
      .enum(states as readonly [State, ...State[]])
      .default('active')
      .meta({ description: `Keadaan yang diminta. ${states.map(stateText).join(' ')}`, examples: [...states] }),
    batch: z.exactOptional(slug()).meta({
      description:
        'Permintaan kolektif: nama yang sama di setiap berkas yang diajukan bersama. Biarkan kosong untuk satu permintaan.',
      examples: ['pegawai-baru-2026'],
    }),
    adopt: z.exactOptional(
      z.literal(true).meta({
        description:
          'Mengambil alih yang sudah ada: hanya tanda pemilik yang ditulis, tidak ada yang dibuat atau diubah. Diisi oleh `layanan adopt`; setelah terpenuhi tidak berpengaruh lagi.',
        examples: [true],
      }),
    ),
    approval: z.exactOptional(approval()),
    documents: z.exactOptional(documents(offer?.documentTypes ?? {})),
    spec: spec.meta({ description: 'Rincian layanan.', ...spec.meta() }),
  });
}
