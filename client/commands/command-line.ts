/** Shells read these as they stand; everything else is quoted. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A command as it would be typed in a shell, which `archipel` understands. */
export function commandLine(
  command: string,
  targets: readonly string[],
  input: Readonly<Record<string, unknown>>,
): string {
  const words = Object.entries(input).flatMap(([name, value]) => wordOf(name, value));
  return ['archipel', command, ...targets, ...words].map(quoted).join(' ');
}

/** `name=value`, as the command line reads it; lists with commas. */
function wordOf(name: string, value: unknown): readonly string[] {
  if (value === undefined || value === '') return [];
  if (Array.isArray(value)) return [`${name}=${value.map(plain).join(',')}`];
  if (typeof value === 'boolean') return [`${name}=${value ? 'yes' : 'no'}`];
  return [`${name}=${plain(value)}`];
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** In single quotes nothing means anything, except the quote itself. */
function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
