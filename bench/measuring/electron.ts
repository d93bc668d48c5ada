import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as v from 'valibot';

const OUT = path.resolve(import.meta.dirname, '..');
/** The folder of the application: Electron reads its package.json. */
export const APP = path.dirname(OUT);
const Shown = v.object({ shownAfterMs: v.number() });

/** Electron's executable, which `npm run bench` provides. Throws where there is none. */
export function electronPath(): string {
  const executable = process.env['ARCHIPEL_ELECTRON'];
  if (executable === undefined) throw new Error('it needs Electron and a display');
  return executable;
}

/** What root must give to Chromium, in containers. */
export function sandboxArguments(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

export interface ElectronProgram {
  readonly pid: number;
  /** The line that it wrote, read as JSON. */
  readonly said: unknown;
  stop(): Promise<void>;
}

/** Starts a program of the benches on Electron, and waits for the line that it says. */
export async function startProgram(
  name: string,
  profile: string,
  ...more: readonly string[]
): Promise<ElectronProgram> {
  const args = [path.join(OUT, `bench/${name}.js`), `--user-data-dir=${profile}`];
  const child: ChildProcessByStdio<null, Readable, null> = spawn(
    electronPath(),
    [...args, ...sandboxArguments(), ...more],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    pid: child.pid ?? 0,
    said: JSON.parse(line),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    },
  };
}

type ShownProgram = ElectronProgram & { readonly shownAfterMs: number };

/** Starts Electron with nothing in it but windows with a line of text, and waits until all are drawn. */
export async function startBareElectron(profile: string, windows: number): Promise<ShownProgram> {
  return shown(await startProgram('bare-electron', profile, `${windows}`));
}

/** Starts Electron with one window that has the application's files ready and runs none of them. */
export async function startEmptyPage(profile: string): Promise<ShownProgram> {
  return shown(await startProgram('empty-page', profile));
}

function shown(program: ElectronProgram): ShownProgram {
  return { ...program, shownAfterMs: v.parse(Shown, program.said).shownAfterMs };
}
