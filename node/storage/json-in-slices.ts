import { setImmediate as giveWay } from 'node:timers/promises';

type Redact = (value: unknown) => unknown;
type Entry = readonly [name: string, value: unknown];

/** Entries that are written at a time; between them others have their turn once it took 8 ms. */
const AT_ONCE = 50;
const BUDGET_MS = 8;

/**
 * The JSON of what a redactor leaves of a value, as `JSON.stringify` writes it. A record of thousands,
 * or a list of thousands in a record, is written piece by piece, so that nobody waits for it.
 */
export async function jsonInSlices(value: unknown, redact: Redact): Promise<string> {
  const whole = (): string => JSON.stringify(redact(value));
  // An element is redacted by what it is, not by its parts.
  if (!isRecord(value) || 'children' in value) return whole();
  const entries: readonly Entry[] = Object.entries(value);
  if (entries.length > AT_ONCE) return `{${await inPieces(entries, recordOf(redact))}}`;
  const long = entries.find(isLong);
  if (!long) return whole();
  const [name, list] = long;
  const rest = JSON.stringify(redact({ ...value, [name]: undefined })).slice(1, -1);
  // What is hidden for its name is hidden whatever is in it.
  if (!isKept(name, redact)) return whole();
  const text = await inPieces(list, (piece) => JSON.stringify(redact(piece)));
  return `{${rest}${rest === '' ? '' : ','}${JSON.stringify(name)}:[${text}]}`;
}

function recordOf(redact: Redact): (piece: readonly Entry[]) => string {
  return (piece) => JSON.stringify(redact(Object.fromEntries(piece)));
}

/** What stands between the brackets. */
async function inPieces<T>(
  items: readonly T[],
  write: (piece: readonly T[]) => string,
): Promise<string> {
  const pieces: string[] = [];
  let started = performance.now();
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const piece = write(items.slice(at, at + AT_ONCE)).slice(1, -1);
    if (piece !== '') pieces.push(piece);
    if (performance.now() - started < BUDGET_MS) continue;
    await giveWay();
    started = performance.now();
  }
  return pieces.join();
}

function isKept(name: string, redact: Redact): boolean {
  const probe = { [name]: [true] };
  return JSON.stringify(redact(probe)) === JSON.stringify(probe);
}

/** A plain object: what writes itself, such as a date, is left to do so. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)
  );
}

function isLong(entry: Entry): entry is readonly [string, readonly unknown[]] {
  return Array.isArray(entry[1]) && entry[1].length > AT_ONCE;
}
