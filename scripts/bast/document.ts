import type { Calendar } from '../../core/calendar/calendar.ts';
import { formatLocal } from '../../core/calendar/format.ts';
import type { Policies } from '../../core/policies.ts';
import type { Observed } from '../../core/resource.ts';
import { plus } from '../../core/term/day.ts';
import { xml } from '../report/escape.ts';
import { fieldText, resourceText, valueText } from '../report/words.ts';
import type { BastFacts } from './facts.ts';

const STYLE = `
  body { font: 11pt/1.45 'Times New Roman', serif; margin: 2cm auto; max-width: 17cm; color: #000; }
  h1 { font-size: 14pt; text-align: center; margin: 0; } .number { text-align: center; margin: 0 0 1.2em; }
  h2 { font-size: 11pt; margin: 1.2em 0 .3em; } table { border-collapse: collapse; width: 100%; }
  th, td { border: 1px solid #000; padding: .2em .5em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  .plain td { border: 0; padding: .1em .5em .1em 0; } .sign td { border: 0; width: 50%; height: 4.5cm; text-align: center; }
  footer { font-size: 9pt; margin-top: 1.5em; }
  @media print { @page { size: A4; margin: 2cm; } body { margin: 0; max-width: none; } tr, .sign { break-inside: avoid; } }`;

const row = (cells: readonly string[], tag: 'td' | 'th' = 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${xml(cell)}</${tag}>`).join('')}</tr>`;

/** `BAST/djp/spt/1`: the same fulfilment has the same number for ever. */
export const bastNumber = ({ prepared, serial }: BastFacts): string => `BAST/${prepared.request.id}/${serial}`;

/**
 * The hand-over record as a page to print and sign: self-contained HTML, in Indonesian. The same facts give the same
 * bytes, so that its checksum in the journal proves which page was signed.
 */
export function bastDocument(facts: BastFacts, policies: Policies, calendar: Calendar): string {
  return `<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>${xml(bastNumber(facts))}</title><style>${STYLE}
</style></head>
<body>
<h1>BERITA ACARA SERAH TERIMA</h1>
<p class="number">Nomor: ${xml(bastNumber(facts))}</p>
${parties(facts, policies, calendar)}
${standingTable(facts)}
${deletedTable(facts)}
${workTable(facts)}
${signatures(facts, policies)}
</body>
</html>
`;
}

function parties({ prepared, fulfilled, items }: BastFacts, policies: Policies, { zone, zoneName }: Calendar): string {
  const { request, offer, unit } = prepared;
  const catalogue = policies.catalogues.get(request.catalogue);
  const local = new Date(fulfilled.at).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
  const person = policies.organisation.people.get(request.requester)?.name ?? request.requester;
  const names = items.map((code) => `${code} ${offer.items.find((item) => item.code === code)?.name.id ?? ''}`);
  const rows = [
    ['Layanan', names.join('; ')],
    ['Katalog', catalogue?.number ?? request.catalogue],
    ['Permintaan', `${request.id}: ${request.title}`],
    ['Dipenuhi', formatLocal(local, zoneName).id],
    ['Pihak Pertama (penyedia)', catalogue?.owner ?? ''],
    ['Pihak Kedua (pengguna)', `${unit.name.id}, diwakili ${person}`],
    ...afterOff(prepared),
  ];
  return `<table class="plain">${rows.map((cells) => row(cells)).join('')}</table>`;
}

/** The end of a deactivation, and the day from which the centre may delete. */
function afterOff({ request, offer }: BastFacts['prepared']): readonly (readonly string[])[] {
  const { deletableMonthsAfterOff: months } = offer.figures;
  const { offUntil } = request.spec;
  if (request.state !== 'disabled' || typeof offUntil !== 'string' || typeof months !== 'number') return [];
  const from = plus(offUntil, { value: months, unit: 'month' });
  return [
    ['Nonaktif sampai', offUntil],
    ['Dapat dihapus mulai', `${from}, kecuali masa itu diperpanjang atau layanan diaktifkan kembali`],
  ];
}

const isWork = ({ kind }: { readonly kind: string }): boolean => kind === 'work-order';

function standingTable({ standing }: BastFacts): string {
  const rows = standing.filter((object) => !isWork(object)).flatMap(objectRows);
  if (rows.length === 0) return '';
  return `<h2>Yang diserahkan, sebagaimana dibaca kembali dari sistem</h2>
<table>${row(['Objek', 'Isian', 'Nilai'], 'th')}${rows.join('')}</table>`;
}

const objectRows = ({ kind, key, fields }: Observed): readonly string[] =>
  Object.entries(fields)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, value], at) =>
      row([at === 0 ? resourceText({ kind, key }).id : '', fieldText(kind, field).id, valueText(kind, value).id]),
    );

function deletedTable({ deleted }: BastFacts): string {
  const rows = deleted.filter((one) => !isWork(one)).map((one) => row([resourceText(one).id]));
  if (rows.length === 0) return '';
  return `<h2>Yang dihapus secara permanen</h2>\n<table>${row(['Objek'], 'th')}${rows.join('')}</table>`;
}

function workTable({ standing }: BastFacts): string {
  const rows = standing
    .filter((one) => isWork(one) && one.phase === 'ready')
    .map(({ key, fields }) => row([key, String(fields.title), 'selesai']));
  if (rows.length === 0) return '';
  return `<h2>Pekerjaan petugas</h2>\n<table>${row(['Perintah kerja', 'Pekerjaan', 'Hasil'], 'th')}${rows.join('')}</table>`;
}

function signatures({ prepared, serial }: BastFacts, policies: Policies): string {
  const { request, unit } = prepared;
  const owner = policies.catalogues.get(request.catalogue)?.owner ?? '';
  const person = policies.organisation.people.get(request.requester)?.name ?? request.requester;
  const box = (party: string, who: string, name: string) =>
    `<td>${xml(party)}<br>${xml(who)}<br><br><br><br><br>${xml(name)}<br>Tanggal:</td>`;
  return `<table class="sign"><tr>${box('Pihak Pertama', owner, '(............................)')}${box('Pihak Kedua', unit.name.id, person)}</tr></table>
<footer>Sah setelah ditandatangani kedua pihak. Simpan salinan yang ditandatangani, lalu daftarkan pada berkas permintaan
requests/${xml(request.id)}.yaml di bawah documents dengan type: bast, url, dan sha256-nya. Pemenuhan ke-${serial} dari permintaan ini.</footer>`;
}
