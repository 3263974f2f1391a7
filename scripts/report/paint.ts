const SGR = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Colour = keyof typeof SGR;
/** Paints a text that is laid out already; colour never carries a meaning alone. */
export type Paint = (colour: Colour, text: string) => string;

/** ANSI colours, or none. */
export const paintWith = (colour: boolean): Paint =>
  colour ? (name, text) => (text === '' ? '' : `\u001b[${SGR[name]}m${text}\u001b[0m`) : (_, text) => text;
