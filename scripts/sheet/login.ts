/** As the account service has it; checked here, for the login is the name of the file. */
export const isLogin = (login: string): boolean =>
  login.length >= 3 && login.length <= 20 && /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(login);

/** A login made from a name: `Dr. Andi Budi Contoh, S.H.` is `andi.contoh`; undefined where none fits. */
export function loginOf(name: string): string | undefined {
  const words = name
    .replace(/,.*$/, '')
    .normalize('NFKD')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => !word.endsWith('.'))
    .map((word) => word.replaceAll(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '');
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const choices = words.length === 1 ? [first] : [`${first}.${last}`, `${first.charAt(0)}.${last}`];
  return choices.find(isLogin);
}
