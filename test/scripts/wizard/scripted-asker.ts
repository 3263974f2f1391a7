import { type Asker, Cancelled } from '../../../scripts/wizard/asker.ts';

/** What a person answers to a question whose message has this text; `give up` ends the conversation. */
export type Script = readonly (readonly [question: string, answer: string | readonly string[] | boolean])[];

export interface Scripted {
  readonly asker: Asker;
  /** What was asked and shown, with the choices, in order. */
  readonly heard: string[];
  /** Texts that were refused, with why. */
  readonly refused: string[];
}

/** A person who answers in the order of a script; a text that is refused is followed by the next answer. */
export function scriptedAsker(script: Script): Scripted {
  const left = [...script];
  const heard: string[] = [];
  const refused: string[] = [];
  const next = (message: string) => {
    heard.push(message);
    const [expected, answer] = left.shift() ?? ['nothing more', ''];
    if (!message.includes(expected)) throw new Error(`Asked '${message}', wanted '${expected}'`);
    if (answer === 'give up') throw new Cancelled('As the script says');
    return answer;
  };
  const chosen = (choices: readonly { readonly value: string; readonly label: string }[], answer: unknown) => {
    heard.push(choices.map(({ label }) => label).join(' | '));
    if (!choices.some(({ value }) => value === answer)) throw new Error(`Cannot choose '${answer}'`);
    return String(answer);
  };
  const asker: Asker = {
    async text({ message, check }) {
      for (;;) {
        const text = String(next(message));
        const fault = check(text);
        if (fault === undefined) return text;
        refused.push(fault);
      }
    },
    choose: async ({ message, choices }) => chosen(choices, next(message)),
    async chooseSome({ message, choices, initial = [] }) {
      const answer = next(message);
      if (answer === true) return initial;
      return (answer as readonly string[]).map((one) => chosen(choices, one));
    },
    confirm: async ({ message }) => next(message) === true,
    show: (title, text) => heard.push(`${title}\n${text}`),
  };
  return { asker, heard, refused };
}
