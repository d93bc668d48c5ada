import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../core/lib/result.ts';

export interface TerminalSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface NoTerminal {
  readonly code: 'no-terminal';
  readonly tried: readonly string[];
}

/** How the terminal programs of Linux take what they are to run. */
const LINUX: readonly (readonly [program: string, ...before: string[]])[] = [
  ['x-terminal-emulator', '-e'],
  ['gnome-terminal', '--'],
  ['ptyxis', '--'],
  ['kgx', '--'],
  ['konsole', '-e'],
  ['xfce4-terminal', '-x'],
  ['alacritty', '-e'],
  ['kitty', '--'],
  ['foot', '--'],
  ['xterm', '-e'],
];

const APPLE_SCRIPT = [
  'on run argv',
  'tell application "Terminal"',
  'activate',
  'do script (item 1 of argv)',
  'end tell',
  'end run',
];

/** What would start a program in the user's terminal, the best first. */
export function terminalCommands(
  program: readonly string[],
  { platform, environment }: TerminalSurroundings,
): readonly (readonly string[])[] {
  if (platform === 'darwin') {
    const script = APPLE_SCRIPT.flatMap((line) => ['-e', line]);
    return [['osascript', ...script, program.map(quoted).join(' ')]];
  }
  if (platform === 'win32') {
    // Windows Terminal parts its commands with semicolons.
    const escaped = program.map((word) => word.replaceAll(';', String.raw`\;`));
    return [
      ['wt.exe', ...escaped],
      ['conhost.exe', ...program],
    ];
  }
  const own = environment['TERMINAL'];
  const named = own === undefined || own === '' ? [] : [[own, '-e'] as const];
  return [...named, ...LINUX].map((command) => [...command, ...program]);
}

/** Starts a program in the first terminal there is; it goes on when we end. */
export async function runInTerminal(
  program: readonly string[],
  around: TerminalSurroundings = { platform: process.platform, environment: process.env },
): Promise<Result<undefined, NoTerminal>> {
  const commands = terminalCommands(program, around);
  for (const [name = '', ...args] of commands) {
    const file = await findOnPath(name, around);
    if (file !== undefined && (await starts(file, args, around))) return ok(undefined);
  }
  return err({ code: 'no-terminal', tried: commands.map(([name = '']) => name) });
}

async function findOnPath(
  name: string,
  { platform, environment }: TerminalSurroundings,
): Promise<string | undefined> {
  const isWindows = platform === 'win32';
  if (path.isAbsolute(name)) return name;
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(isWindows ? ';' : ':');
  for (const folder of folders) {
    const file = path.join(folder, name);
    const isThere = folder !== '' && (await access(file, constants.X_OK).then(yes, no));
    if (isThere) return file;
  }
  return undefined;
}

const yes = (): boolean => true;
const no = (): boolean => false;

function starts(
  file: string,
  args: readonly string[],
  { environment }: TerminalSurroundings,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { detached: true, stdio: 'ignore', env: { ...environment } });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
