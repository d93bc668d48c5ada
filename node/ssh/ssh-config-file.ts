import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LineType, parse, type Line, type SSHConfig } from 'ssh-config';
import { detailOf } from '../storage/snapshot-file.ts';
import { SshFailureError } from './ssh-failure-error.ts';
import { fitsWildcard } from './wildcard.ts';

const INCLUDE_DEPTH = 16;
/** In one pattern of a section. */
const WILDCARDS = 8;

/** What the configuration says of one host; names in lower case. */
export interface SshConfigValues {
  /** The file to name in an error. */
  readonly file: string;
  one(name: string): string | undefined;
  all(name: string): readonly string[];
}

/**
 * The user's and the system's ssh_config, as OpenSSH reads them: the first value of an option counts.
 * `Match exec` never matches and names are not made canonical, since both would run programs.
 */
export class SshConfigFile {
  readonly #file: string;
  readonly #config: SSHConfig;

  private constructor(file: string, config: SSHConfig) {
    this.#file = file;
    this.#config = config;
  }

  /**
   * Reads the files in order; the ones that are not there say nothing. Throws `SshFailureError`
   * where one cannot be read.
   */
  static async read(files: readonly string[], home: string): Promise<SshConfigFile> {
    const config = parse('');
    for (const file of files) {
      const base = { folder: path.dirname(file), home };
      for (const line of await readLines(file, base, INCLUDE_DEPTH)) config.push(line);
    }
    return new SshConfigFile(files[0] ?? '', config);
  }

  valuesFor(host: string, user: string | undefined): SshConfigValues {
    const asked = { Host: host, ...(user !== undefined && { User: user }) };
    const values = this.#config.compute(asked, { ignoreCase: true, matchExec: false });
    const all = (name: string): readonly string[] => [values[name] ?? []].flat();
    return { file: this.#file, all, one: (name) => all(name)[0] };
  }
}

/** What names of included files are relative to. */
interface Base {
  readonly folder: string;
  readonly home: string;
}

async function readLines(file: string, base: Base, depth: number): Promise<readonly Line[]> {
  const text = await readIfThere(file);
  if (text === undefined) return [];
  if (depth === 0) throw unusable(file, 'Include goes round in a circle');
  const lines: Line[] = [];
  for (const line of parseLines(file, text)) {
    const included = await includedBy(line, base, depth);
    if (included) lines.push(...included);
    else lines.push(await completed(line, base, depth));
  }
  return lines;
}

function parseLines(file: string, text: string): readonly Line[] {
  try {
    return [...parse(text)].map((line) => bounded(line));
  } catch (cause) {
    throw unusable(file, detailOf(cause));
  }
}

/** A section whose patterns the library can match in no time: it makes regular expressions of them. */
function bounded(line: Line): Line {
  if (line.type !== LineType.DIRECTIVE || !/^(?:host|match)$/i.test(line.param)) return line;
  line.value = boundedPatterns(line.value);
  if ('criteria' in line) {
    for (const [name, patterns] of Object.entries(line.criteria)) {
      line.criteria[name] = boundedPatterns(patterns);
    }
  }
  return line;
}

function boundedPatterns<T extends { val: string }>(patterns: string | T[]): string | T[] {
  if (typeof patterns === 'string') return patterns.split(',').map(boundedPattern).join(',');
  return patterns.map((one) => ({ ...one, val: boundedPattern(one.val) }));
}

function boundedPattern(pattern: string): string {
  const short = pattern.replace(/\*+/g, '*');
  const wildcards = short.replace(/[^*?]/g, '').length;
  if (wildcards > WILDCARDS) {
    throw new Error(`${short}: a pattern may have ${WILDCARDS} wildcards at most`);
  }
  return short;
}

/** The lines that an Include stands for; undefined for every other line. */
async function includedBy(
  line: Line,
  base: Base,
  depth: number,
): Promise<readonly Line[] | undefined> {
  if (line.type !== LineType.DIRECTIVE || line.param.toLowerCase() !== 'include') return undefined;
  const patterns = typeof line.value === 'string' ? [line.value] : line.value.map(({ val }) => val);
  const files = await Promise.all(patterns.map((pattern) => filesOf(pattern, base)));
  const contents: Line[] = [];
  for (const file of files.flat()) contents.push(...(await readLines(file, base, depth - 1)));
  return contents;
}

/** A line as the library looks for it, with what its section includes. */
async function completed(line: Line, base: Base, depth: number): Promise<Line> {
  if (line.type !== LineType.DIRECTIVE) return line;
  if (/^hostname$/i.test(line.param)) line.param = 'HostName';
  if (/^user$/i.test(line.param)) line.param = 'User';
  // The library would ask the name servers by running a program.
  if (/^canonicalizehostname$/i.test(line.param)) line.value = 'no';
  if (!('config' in line)) return line;
  const inner = parse('');
  for (const one of line.config) {
    const included = await includedBy(one, base, depth);
    for (const each of included ?? [await completed(one, base, depth)]) inner.push(each);
  }
  line.config = inner;
  return line;
}

async function filesOf(pattern: string, base: Base): Promise<readonly string[]> {
  const full = path.resolve(
    base.folder,
    pattern.replace(/^~(?=\/|$)/, () => base.home),
  );
  const name = path.basename(full);
  if (!/[*?]/.test(name)) return [full];
  const folder = path.dirname(full);
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((one) => !one.startsWith('.') && fitsWildcard(name, one))
    .sort()
    .map((one) => path.join(folder, one));
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unusable(file, detailOf(cause));
  }
}

function unusable(file: string, detail: string): SshFailureError {
  return new SshFailureError({ code: 'ssh-config-unusable', file, detail });
}
