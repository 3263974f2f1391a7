import type { Readable, Writable } from 'node:stream';
import type { Lang } from '../report/view.ts';
import { type Asker, Cancelled } from './asker.ts';

const WORDS = {
  id: { yes: 'Ya', no: 'Tidak', example: 'contoh: ' },
  en: { yes: 'Yes', no: 'No', example: 'example: ' },
} as const;

/** Rows of a list on the screen; longer ones scroll. */
const MOST_ROWS = 10;

export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Asks by @clack/prompts, which is loaded here and nowhere else: no other command pays for it.
 * @param streams the terminal; standard output is none of them, for it carries the path of the file alone
 */
export async function clackAsker(lang: Lang, streams: Streams): Promise<Asker> {
  const clack = await import('@clack/prompts');
  const words = WORDS[lang];
  const taken = <T>(answer: T | symbol): T => {
    if (clack.isCancel(answer)) throw new Cancelled('The person gave up');
    return answer as T;
  };
  const listed = <C>(choices: readonly C[]) => ({
    options: [...choices],
    maxItems: MOST_ROWS,
    showInstructions: false,
  });
  return {
    async text({ message, example, initial, check }) {
      const answer = await clack.text({
        ...streams,
        message,
        ...(example === undefined ? {} : { placeholder: words.example + example }),
        ...(initial === undefined ? {} : { initialValue: initial }),
        validate: (text) => check((text ?? '').trim()),
      });
      // An empty line is undefined here.
      return (taken<string | undefined>(answer) ?? '').trim();
    },
    async choose({ message, choices, initial }) {
      const start = initial === undefined ? {} : { initialValue: initial };
      return taken<string>(await clack.select({ ...streams, message, ...listed(choices), ...start }));
    },
    async chooseSome({ message, choices, initial = [] }) {
      const [first] = initial;
      const options = {
        ...listed(choices),
        required: false,
        initialValues: [...initial],
        ...(first ? { cursorAt: first } : {}),
      };
      return taken<string[]>(await clack.multiselect<string>({ ...streams, message, ...options }));
    },
    async confirm({ message, initial = true }) {
      const labels = { active: words.yes, inactive: words.no };
      return taken<boolean>(await clack.confirm({ ...streams, message, ...labels, initialValue: initial }));
    },
    show: (title, text) => clack.note(text, title, { ...streams, format: (line) => line }),
  };
}
