/** Where the product is taken from, and at which commit. */
export interface Product {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
}

/** Where a workflow of another repository has the product, beside the requests. */
const PLACE = '.product';

/** The step that checks the main branch out, as our workflows write it; its indentation and the pinned action. */
const CHECKOUT =
  /^( +)- name: Check out the main branch\n\1 {2}uses: (\S+@[0-9a-f]{40})( # \S+)?\n(?:\1 {2,}[^\n]*\n)+/gm;

function productStep(indent: string, action: string, { repository, commit }: Product): string {
  const lines = [
    '- name: Check out the product',
    `  uses: ${action}`,
    '  with:',
    `    repository: ${repository}`,
    `    ref: ${commit}`,
    `    path: ${PLACE}`,
    '    persist-credentials: false',
  ];
  return lines.map((line) => `${indent}${line}\n`).join('');
}

/**
 * One of our workflows as another repository runs it: the same steps with the same rights, with the product checked out
 * at a commit beside the requests. Made from the committed text, so that the two never drift apart.
 * @throws Error for a workflow that does not check out as ours do
 */
export function ownWorkflow(text: string, product: Product): string {
  const steps = text.match(CHECKOUT)?.length ?? 0;
  if (steps === 0 || steps !== text.split('actions/checkout@').length - 1)
    throw new Error(`Cannot make a workflow of another repository: ${steps} of its checkouts are as ours`);
  const own = text
    .replace(
      CHECKOUT,
      (step, indent: string, action: string, version = '') =>
        `${step}${productStep(indent, `${action}${version}`, product)}`,
    )
    .replaceAll('run: npm ci ', `run: npm ci --prefix ${PLACE} `)
    .replaceAll('./scripts/layanan ', `./${PLACE}/scripts/layanan `);
  return `# Made by 'layanan init' of ${product.repository}; run it again instead of editing.\n${own}`;
}
