/** Shells read these as they stand; everything else is quoted. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A command as it would be typed in a shell, which `archipel` understands. */
export function commandLine(
  command: string,
  targets: readonly string[],
  input: Readonly<Record<string, unknown>>,
): string {
  const options = Object.entries(input).flatMap(([name, value]) => optionOf(name, value));
  return ['archipel', command, ...targets.map(quoted), ...options].join(' ');
}

function optionOf(name: string, value: unknown): readonly string[] {
  const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => [flag, quoted(plain(one))]);
  if (typeof value === 'boolean') return [value ? flag : flag.replace('--', '--no-')];
  return [flag, quoted(plain(value))];
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** In single quotes nothing means anything, except the quote itself. */
function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
