import { UserError } from '../../core/errors.ts';
import type { Text } from '../../core/finding.ts';
import type { Fulfilled } from '../../core/journal/history.ts';
import type { File } from '../../core/load/yaml.ts';
import type { Policies } from '../../core/policies.ts';
import { plus, type Span } from '../../core/term/day.ts';
import { endOf, latestEnd } from '../../core/term/end.ts';
import type { Term } from '../../core/term/term.ts';
import { examine } from '../../core/validate/examine.ts';

/** A term without a longest one is renewed for so long, unless another day is named. */
const USUAL: Span = { value: 12, unit: 'month' };

/** A request file with a later last day, ready to be ordered. */
export interface Renewal {
  readonly text: string;
  readonly until: string;
}

/** What a renewal is counted by. */
export interface RenewalContext {
  readonly policies: Policies;
  readonly today: string;
  /** What the journal last saw fulfilled; what never was has no running term. */
  readonly fulfilled: Fulfilled | undefined;
  /** By default the longest term that the catalogue allows, from the end of the running one. */
  readonly until?: string;
}

/**
 * Writes a later last day into a request file, and leaves every other byte of it as it is.
 * @throws UserError for a request without a term, for a day that cannot be ordered, or where the file would not be taken
 *   by our own reader
 */
export async function renewalOf(file: File, context: RenewalContext): Promise<Renewal> {
  const { policies } = context;
  const { placed, findings } = examine(file, policies);
  const { request } = placed ?? {};
  const term = request && policies.catalogues.get(request.catalogue)?.offers.get(request.service)?.term;
  const end = request && endOf(term, request);
  const faults = findings.filter((one) => one.severity === 'error');
  if (faults.length > 0)
    throw new UserError(
      {
        id: `Tidak dapat memperpanjang '${file.path}': betulkan dahulu`,
        en: `Cannot renew '${file.path}': correct it first`,
      },
      faults,
    );
  if (term === undefined || end === undefined)
    throw new UserError({
      id: `Tidak dapat memperpanjang '${file.path}': tidak ada masa layanan yang dapat diperpanjang`,
      en: `Cannot renew '${file.path}': it has no term that could be extended`,
    });
  const chosen = chosenDay(file.path, term, end, context);
  const text = await withValue(textOf(file), term.until.split('.'), chosen);
  const again = examine({ path: file.path, text }, policies);
  const wrong = again.findings.filter((one) => one.severity === 'error');
  const read = again.placed && endOf(term, again.placed.request);
  if (wrong.length > 0 || read !== chosen)
    throw new UserError(
      {
        id: `Tidak dapat memperpanjang '${file.path}' sampai ${chosen}: berkasnya tidak akan diterima`,
        en: `Cannot renew '${file.path}' until ${chosen}: the file would not be taken`,
      },
      wrong,
    );
  return { text, until: chosen };
}

/** A day that is later than the end in the file and may be ordered today. */
function chosenDay(path: string, term: Term, end: string, { today, fulfilled, until }: RenewalContext): string {
  const latest = latestEnd(term, fulfilled?.version ?? null, today)?.latest;
  const chosen = until ?? latest ?? plus(end > today ? end : today, USUAL);
  const refused = (why: Text) =>
    new UserError({
      id: `Tidak dapat memperpanjang '${path}' sampai ${chosen}: ${why.id}`,
      en: `Cannot renew '${path}' until ${chosen}: ${why.en}`,
    });
  if (fulfilled?.term?.phase === 'absent')
    throw refused({
      id: `sudah dihapus sejak ${fulfilled.term.since}; buat permintaan baru`,
      en: `it was deleted on ${fulfilled.term.since}; make a new request`,
    });
  if (latest !== undefined && latest <= end)
    throw refused({
      id: `masa layanannya di berkas sampai ${end}, dan hari ini paling lama ${latest}; perpanjang sesudah yang tertulis terpenuhi`,
      en: `its term in the file lasts until ${end}, and today ${latest} is the latest; renew once what is written is fulfilled`,
    });
  if (chosen <= end)
    throw refused({
      id: `masa layanannya sudah sampai ${end}; sebut hari sesudahnya dengan --until`,
      en: `its term lasts until ${end}; name a later day with --until`,
    });
  if (latest !== undefined && chosen > latest)
    throw refused({
      id: `hari ini paling lama ${latest}; sebut hari itu atau yang lebih awal dengan --until`,
      en: `today ${latest} is the latest; name that day or an earlier one with --until`,
    });
  return chosen;
}

const textOf = (file: File): string => ('text' in file ? file.text : new TextDecoder().decode(file.bytes));

/** Exchanges one scalar of a YAML text. The syntax tree keeps comments, quotes and spaces, which a dump would not. */
async function withValue(text: string, path: readonly string[], value: string): Promise<string> {
  const { Composer, CST, isScalar, Parser } = await import('yaml');
  const tokens = [...new Parser().parse(text)];
  const [document] = new Composer({ keepSourceTokens: true }).compose(tokens);
  const node: unknown = document?.getIn(path, true);
  if (!isScalar(node) || !CST.isScalar(node.srcToken))
    throw new UserError(`Cannot write '${path.join('.')}': the file has no plain value there`);
  CST.setScalarValue(node.srcToken, value);
  return tokens.map((token) => CST.stringify(token)).join('');
}
