import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Asker, Cancelled } from '../../../scripts/wizard/asker.ts';
import { clackAsker } from '../../../scripts/wizard/clack.ts';

const KEYS = { enter: '\r', down: '\u001b[B', space: ' ', interrupt: '\u0003', clear: '\u0015' };

/** Asks one question; each time the screen shows a text, the keys beside it are typed. */
async function typed<T>(question: (asker: Asker) => Promise<T>, ...presses: readonly (readonly [string, string])[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const asker = await clackAsker('id', { input, output });
  const left = [...presses];
  let seen = '';
  let screen = '';
  output.on('data', (chunk: Buffer) => {
    screen += chunk;
    seen += chunk;
    const [press] = left;
    if (press === undefined || !seen.includes(press[0])) return;
    left.shift();
    seen = '';
    setImmediate(() => input.write(press[1]));
  });
  const answer = await question(asker).catch((error: unknown) => error);
  return { answer, screen };
}

const CHOICES = ['satu', 'dua', 'tiga'].map((value) => ({ value, label: `${value}: arti ${value}` }));

describe('clackAsker()', () => {
  it('gives the line that was typed, without spaces around it', async () => {
    const ask = (asker: Asker) => asker.text({ message: 'Nama?', example: 'andi', check: () => undefined });
    const { answer, screen } = await typed(ask, ['ontoh: andi', ' budi \r']);
    expect(answer).toBe('budi');
    expect(screen).toContain('Nama?');
  });

  it('says why a line is refused, and takes the next one', async () => {
    const check = (text: string) => (text === 'baik' ? undefined : 'Bukan itu');
    const ask = (asker: Asker) => asker.text({ message: 'Nama?', check });
    const { answer } = await typed(
      ask,
      ['Nama?', `buruk${KEYS.enter}`],
      ['Bukan itu', `${KEYS.clear}baik${KEYS.enter}`],
    );
    expect(answer).toBe('baik');
  });

  it('takes an empty line for an empty answer', async () => {
    const ask = (asker: Asker) => asker.text({ message: 'Alias?', check: () => undefined });
    expect((await typed(ask, ['Alias?', KEYS.enter])).answer).toBe('');
  });

  it('chooses by the arrows, from the one that is ready', async () => {
    const ask = (asker: Asker) => asker.choose({ message: 'Yang mana?', choices: CHOICES, initial: 'dua' });
    const { answer, screen } = await typed(ask, ['arti tiga', KEYS.down + KEYS.enter]);
    expect(answer).toBe('tiga');
    expect(screen).toContain('satu: arti satu');
  });

  it('chooses several by the space bar, from those that are marked', async () => {
    const ask = (asker: Asker) => asker.chooseSome({ message: 'Apa saja?', choices: CHOICES, initial: ['dua'] });
    expect((await typed(ask, ['arti tiga', KEYS.down + KEYS.space + KEYS.enter])).answer).toEqual(['dua', 'tiga']);
    const none = (asker: Asker) => asker.chooseSome({ message: 'Apa saja?', choices: CHOICES });
    expect((await typed(none, ['arti tiga', KEYS.enter])).answer).toEqual([]);
  });

  it('confirms in the language of the person', async () => {
    const ask = (asker: Asker) => asker.confirm({ message: 'Tulis?', initial: false });
    const { answer, screen } = await typed(ask, ['Tidak', KEYS.enter]);
    expect({ answer, yes: screen.includes('Ya') }).toEqual({ answer: false, yes: true });
  });

  it.each([
    'text',
    'choose',
    'chooseSome',
    'confirm',
  ] as const)('%s ends when the person interrupts it', async (kind) => {
    const question = { message: 'Mau?', choices: CHOICES, check: () => undefined };
    const { answer } = await typed((asker) => asker[kind](question) as Promise<unknown>, ['Mau?', KEYS.interrupt]);
    expect(answer).toBeInstanceOf(Cancelled);
  });
});
