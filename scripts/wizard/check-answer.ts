import type { Messages } from '../../core/finding.ts';
import { envelope, type Offered } from '../../core/load/envelope.ts';
import { issueFindings } from '../../core/load/issues.ts';
import type { Path } from '../../core/request.ts';
import { say } from '../report/texts.ts';
import type { Lang } from '../report/view.ts';
import type { Check } from './answers.ts';

const NOWHERE = { file: '', line: 1, column: 1 };
const places = { of: () => NOWHERE, ofKey: () => NOWHERE, source: () => undefined };

/** Holds one answer against the schema of the whole file, so that its fault reads as `layanan validate` tells it. */
export function answerCheck(offered: Offered, lang: Lang, messages: Messages): Check {
  const schema = envelope(offered);
  return (path, value) => {
    const whole = nested(path, value);
    const issues = schema.safeParse(whole).error?.issues ?? [];
    const own = issues.filter((issue) => path.every((step, at) => step === issue.path[at]));
    const [first] = issueFindings(own, { schema, value: whole, places, messages });
    if (first === undefined) return undefined;
    const hint = first.suggestion === undefined ? '' : ` (${say('suggestion')[lang]}: ${first.suggestion})`;
    return first.message[lang] + hint;
  };
}

/** `{ spec: { login: value } }` of the path `spec.login`. */
function nested(path: Path, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}
