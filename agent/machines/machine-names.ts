const ISLANDS = [
  'anegada',
  'barbuda',
  'bora-bora',
  'chiloe',
  'corvo',
  'delos',
  'eigg',
  'faial',
  'fogo',
  'gozo',
  'groix',
  'hiva-oa',
  'hvar',
  'iona',
  'ischia',
  'jura',
  'kalymnos',
  'kea',
  'leros',
  'lipari',
  'lofoten',
  'maio',
  'mull',
  'naxos',
  'niue',
  'oland',
  'ouessant',
  'paros',
  'pico',
  'rab',
  'raiatea',
  'rum',
  'samos',
  'sark',
  'sein',
  'skye',
  'symi',
  'terceira',
  'tinos',
  'ushant',
  'vis',
  'yeu',
  'zante',
] as const;

/** A name that nobody has yet, from the lines of a file or from our own list, numbered when all are taken. */
export function unusedName(
  lines: readonly string[],
  isTaken: (name: string) => boolean,
  random: () => number,
): string {
  const names = lines.length > 0 ? lines : ISLANDS;
  const first = Math.floor(random() * names.length);
  for (let step = 0; step < names.length; step += 1) {
    const name = names[(first + step) % names.length];
    if (name !== undefined && !isTaken(name)) return name;
  }
  const base = names[first] ?? 'machine';
  let number = 2;
  while (isTaken(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** The name as the hypervisor takes it. */
export function allowedName(name: string, mayHoldSpaces: boolean): string {
  const trimmed = name.trim();
  return mayHoldSpaces ? trimmed : trimmed.replaceAll(/\s+/gu, '-');
}
