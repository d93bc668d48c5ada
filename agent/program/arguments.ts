import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../core/lib/result.ts';

/** What the command line asks for. */
export interface ProgramArguments {
  readonly command: 'run' | 'doctor' | 'version' | 'help';
  /** Configuration files; later ones replace what earlier ones say. */
  readonly files: readonly string[];
  /** In the background, in the foreground, or in the background already. */
  readonly mode: 'background' | 'foreground' | 'detached';
}

const DEFAULT_FILE = '/etc/archipel/archipel.conf';

const OPTIONS = {
  config: { type: 'string', short: 'c', default: DEFAULT_FILE },
  foreground: { type: 'boolean', short: 'n', default: false },
  // The name original agents know it by.
  nofork: { type: 'boolean', default: false },
  // Given by the program to itself.
  detached: { type: 'boolean', default: false },
  version: { type: 'boolean', short: 'v', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const HELP = `Usage: archipel-agent [doctor] [options]

Puts this machine's hypervisor and its virtual machines on an XMPP platform.

  doctor               checks configuration, libvirt, XMPP and pubsub, and changes nothing but nodes
  -c, --config FILES   configuration files with commas between them (${DEFAULT_FILE})
  -n, --foreground     stays in the foreground and writes its log to standard error
  -v, --version        prints the version
  -h, --help           prints this

Exit codes: 0 done, 1 configuration, 2 usage, 3 libvirt URI, 4 unknown, 6 interrupted.
`;

/** Reads the command line. */
export function readArguments(args: readonly string[]): Result<ProgramArguments, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
    const [word, ...rest] = positionals;
    if (rest.length > 0 || (word !== undefined && word !== 'doctor')) {
      return err(`There is no command “${[word, ...rest].join(' ')}”.`);
    }
    const files = values.config.split(',').filter((file) => file !== '');
    if (files.length === 0) return err('--config needs at least one file.');
    return ok({ command: commandOf(values, word), files, mode: modeOf(values) });
  } catch (cause) {
    // It throws a TypeError that names the argument it does not know.
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}

interface Flags {
  readonly foreground: boolean;
  readonly nofork: boolean;
  readonly detached: boolean;
  readonly version: boolean;
  readonly help: boolean;
}

function commandOf({ version, help }: Flags, word: 'doctor' | undefined) {
  if (help) return 'help';
  return version ? 'version' : (word ?? 'run');
}

function modeOf({ foreground, nofork, detached }: Flags) {
  if (detached) return 'detached';
  return foreground || nofork ? 'foreground' : 'background';
}
