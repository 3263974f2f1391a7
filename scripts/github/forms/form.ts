import { dump } from 'js-yaml';
import type { Catalogue, Offer } from '../../../core/catalogue/catalogue.ts';
import type { Policies } from '../../../core/policies.ts';
import type { Service } from '../../../core/service.ts';
import { type Field, FLAGS, optionText } from './field.ts';
import { fieldsOf } from './fields.ts';

/** A generated file; its path is relative to the root of the repository that holds the requests. */
export interface FormFile {
  readonly path: string;
  readonly text: string;
}

/** What a form asks of every request, before the questions of its service. */
export function envelopeFields(units: Iterable<string>): readonly Field[] {
  const line = { kind: 'line' } as const;
  const options = [...units];
  return [
    {
      path: ['unit'],
      label: 'Unit (unit)',
      description: 'Unit yang meminta. Anda harus terdaftar di unit ini.',
      example: options[0] ?? '',
      isRequired: true,
      answer: { kind: 'choice', options },
    },
    {
      path: ['name'],
      label: 'Nama permintaan (name)',
      description: 'Huruf kecil, angka, dan tanda hubung; menjadi nama berkasnya dan tidak berubah lagi.',
      example: 'andi-pratama',
      isRequired: true,
      answer: line,
    },
    {
      path: ['title'],
      label: 'Judul (title)',
      description: 'Judul singkat, untuk dibaca orang.',
      example: 'Akun pegawai baru Seksi Arsip',
      isRequired: true,
      answer: line,
    },
    {
      path: ['requester'],
      label: 'Pemohon (requester)',
      description: 'Pengenal pemohon di people.yaml. Kosongkan bila Anda sendiri pemohonnya.',
      example: 'djp-pic-aplikasi',
      isRequired: false,
      answer: line,
    },
  ];
}

/** Begins every generated form; a form without it was written by people and is left alone. */
export const FORM_HEAD = "# Dibuat oleh 'npm run generate'";

/** Names the service; its only option tells the form apart when it is read. */
export const SERVICE_LABEL = 'Layanan (service)';
export const serviceOption = ({ catalogue, service }: Pick<Offer, 'catalogue' | 'service'>) =>
  `${catalogue}/${service}`;

function element({ label, description, example, isRequired, answer }: Field, id: string) {
  const validations = { required: isRequired };
  const attributes = { label, description };
  if (answer.kind === 'choice')
    return {
      type: 'dropdown',
      id,
      attributes: { ...attributes, options: answer.options.map(optionText) },
      validations,
    };
  if (answer.kind === 'flag')
    return { type: 'dropdown', id, attributes: { ...attributes, options: Object.keys(FLAGS) }, validations };
  const type = answer.kind === 'list' || answer.kind === 'rows' ? 'textarea' : 'input';
  const more = answer.kind === 'list' ? ' Satu baris satu isian.' : rowsHint(answer);
  return { type, id, attributes: { label, description: description + more, placeholder: example }, validations };
}

const rowsHint = (answer: Field['answer']): string =>
  answer.kind === 'rows' ? ` Satu baris satu isian: ${answer.columns.map(({ name }) => name).join('; ')}.` : '';

/** The form of one service, as GitHub reads it. */
function formText(offer: Offer, service: Service, units: Iterable<string>): string {
  const first = {
    type: 'dropdown',
    id: 'service',
    attributes: { label: SERVICE_LABEL, description: offer.name.id, options: [serviceOption(offer)], default: 0 },
    validations: { required: true },
  };
  const fields = [...envelopeFields(units), ...fieldsOf(offer, service)];
  const body = [first, ...fields.map((field) => element(field, field.path.join('-').replaceAll('.', '-')))];
  const form = {
    name: offer.name.id,
    description: `Meminta layanan ${offer.name.id} tanpa git: formulir ini menjadi pull request.`,
    title: `${offer.name.id}: `,
    labels: ['formulir', `layanan:${offer.service}`],
    body,
  };
  return `${FORM_HEAD} dari policies/services/${offer.service}.ts; jangan disunting.\n${dump(form, { lineWidth: -1, noRefs: true })}`;
}

/** The catalogue under which new requests are made: the latest by date. */
export const currentCatalogue = (catalogues: ReadonlyMap<string, Catalogue>): Catalogue | undefined =>
  [...catalogues.values()].toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1))[0];

/** One form for each service that the current catalogue offers. */
export function formFiles({
  catalogues,
  services,
  organisation,
}: Pick<Policies, 'catalogues' | 'services' | 'organisation'>): readonly FormFile[] {
  const offers = [...(currentCatalogue(catalogues)?.offers.values() ?? [])];
  return offers
    .flatMap((offer) => {
      const service = services.get(offer.service);
      if (service === undefined) return [];
      const text = formText(offer, service, organisation.units.keys());
      return [{ path: `.github/ISSUE_TEMPLATE/${offer.service}.yml`, text }];
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
