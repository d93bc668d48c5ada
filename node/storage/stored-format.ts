import * as v from 'valibot';
import { err, ok, type Result } from '../../core/lib/result.ts';

/** Why a file could not be read or written; the codes are those of the app's errors. */
export type StorageFault =
  /** Written by a newer release: it is left untouched. */
  | { readonly code: 'storage-newer'; readonly file: string; readonly version: number }
  | { readonly code: 'storage-damaged'; readonly file: string; readonly detail: string }
  | { readonly code: 'storage-unwritable'; readonly file: string; readonly detail: string };

/** How one kind of file is written: its name and version stand at its beginning. */
export interface StoredFormat<T> {
  readonly format: string;
  readonly version: number;
  readonly schema: v.GenericSchema<unknown, T>;
  /** Each takes the value of version N, under the name `from-N`, and returns that of N + 1. */
  readonly migrations: Readonly<Record<`from-${number}`, (value: unknown) => unknown>>;
  /** Takes secrets out of what is about to be written. */
  readonly redact?: (value: unknown) => unknown;
}

const Header = v.looseObject({ format: v.string(), version: v.pipe(v.number(), v.integer()) });

/** The version named by a file's header, if it is one that this release can read. */
export function readHeader(
  file: string,
  header: unknown,
  wanted: Pick<StoredFormat<unknown>, 'format' | 'version'>,
): Result<number, StorageFault> {
  const parsed = v.safeParse(Header, header);
  if (!parsed.success || parsed.output.format !== wanted.format) {
    return err({ code: 'storage-damaged', file, detail: `no ${wanted.format} header` });
  }
  const { version } = parsed.output;
  if (version > wanted.version) return err({ code: 'storage-newer', file, version });
  return ok(version);
}

/** Brings a value of an older version up to the present one and checks it. */
export function migrate<T>(
  file: string,
  value: unknown,
  version: number,
  wanted: StoredFormat<T>,
): Result<T, StorageFault> {
  let current = value;
  for (let from = version; from < wanted.version; from += 1) {
    const step = wanted.migrations[`from-${from}`];
    if (!step) return err({ code: 'storage-damaged', file, detail: `no way from ${from}` });
    current = step(current);
  }
  const parsed = v.safeParse(wanted.schema, current);
  if (parsed.success) return ok(parsed.output);
  return err({ code: 'storage-damaged', file, detail: placeOf(parsed.issues[0]) });
}

/** The part that is the first not to fit, in a few words on one line. */
function placeOf(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'what it holds'} is missing or damaged`;
}
