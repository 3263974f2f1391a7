/** A block that opens at a click; its summary is our own text. */
export const fold = (summary: string, content: string, open?: 'open'): string =>
  `<details${open === undefined ? '' : ' open'}>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
