import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { WorkspaceName } from '../../core/contract/workspaces.ts';
import { err, type Result } from '../../core/lib/result.ts';
import { readTextUpTo, writeAtomically } from '../../node/storage/snapshot-file.ts';
import { migrate, readHeader, type StoredFormat } from '../../node/storage/stored-format.ts';
import { KnownDisplay, recognise } from './display-match.ts';
import { StoredWindow, StoredWorkspace } from './workspace-format.ts';

const ExportedWorkspace = v.object({
  name: WorkspaceName,
  windows: v.pipe(v.array(StoredWindow), StoredWorkspace.entries.windows.pipe[1]),
  /** The displays that the places of its windows speak of. */
  displays: v.pipe(v.array(KnownDisplay), v.maxLength(32)),
});
export type ExportedWorkspace = v.InferOutput<typeof ExportedWorkspace>;

const FORMAT: StoredFormat<ExportedWorkspace> = {
  format: 'archipel-workspace',
  version: 1,
  schema: ExportedWorkspace,
  migrations: {},
};

/** A workspace is a thousandth of it. */
const MOST_BYTES = 8_388_608;

const Body = v.looseObject({ value: v.unknown() });

/** Writes a workspace for another profile or computer; the displays are those it speaks of. */
export async function writeWorkspaceFile(
  file: string,
  name: string,
  windows: readonly StoredWindow[],
  known: readonly KnownDisplay[],
): Promise<Result<undefined, AppError>> {
  const named = new Set(windows.map(({ place }) => place?.display));
  const displays = known.filter(({ key }) => named.has(key));
  const { format, version } = FORMAT;
  const text = JSON.stringify({ format, version, value: { name, windows, displays } }, null, 2);
  return writeAtomically(file, `${text}\n`);
}

/** Reads an exported workspace; the file itself stays as it is, also when it is not one. */
export async function readWorkspaceFile(
  file: string,
): Promise<Result<ExportedWorkspace, AppError>> {
  const text = await readTextUpTo(file, MOST_BYTES);
  if (!text.ok) return unreadable(file, text.error);
  const json = parse(text.value ?? '');
  const version = readHeader(file, json, FORMAT);
  if (!version.ok) return unreadable(file, version.error);
  const body = v.safeParse(Body, json);
  const read = migrate(file, body.success ? body.output.value : undefined, version.value, FORMAT);
  return read.ok ? read : unreadable(file, read.error);
}

/** The windows of an exported workspace, with the displays of this computer that are like theirs. */
export function adoptWindows(
  { windows, displays }: ExportedWorkspace,
  known: readonly KnownDisplay[],
): { readonly windows: readonly StoredWindow[]; readonly known: readonly KnownDisplay[] } {
  const recognised = recognise(
    known,
    displays.map(({ key: _key, ...identity }) => identity),
  );
  const keys = new Map(displays.map(({ key }, at) => [key, recognised.keys[at]]));
  const adopted = windows.map(({ place, ...window }): StoredWindow => {
    const key = place?.display === undefined ? undefined : keys.get(place.display);
    return place && key !== undefined ? { ...window, place: { ...place, display: key } } : window;
  });
  // Those that are present keep their place in the list: they are looked at again at once.
  return { windows: adopted, known: recognised.known };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Without a header it is refused.
    return undefined;
  }
}

type Fault = Extract<AppError, { code: `storage-${string}` }>;

/** Nothing was set aside: the user chose the file and can choose another. */
function unreadable(file: string, fault: Fault): Result<never, AppError> {
  if (fault.code !== 'storage-damaged') return err(fault);
  return err({ code: 'invalid-input', detail: `${file}: ${fault.detail}` });
}
