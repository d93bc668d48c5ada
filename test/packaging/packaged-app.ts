import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';

/** What is seen of a packaged application from outside. */
export interface Portrait {
  readonly address: string;
  readonly title: string;
  readonly userAgent: string;
  readonly policy: string | null;
  readonly nodeReaches: string;
}

/** The address of the debugging server, which Chromium prints when it listens. */
async function debuggingAddress(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]!);
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      reject(new Error(`The packaged app ended with ${code ?? 'a signal'}:\n${said}`));
    });
  });
}

async function portrait(page: Page): Promise<Portrait> {
  // The page shows words, not just a frame for them.
  await page.getByText(/\S/u).filter({ visible: true }).first().waitFor();
  const inside = await page.evaluate(async () => {
    const response = await fetch(location.href);
    return {
      userAgent: navigator.userAgent,
      policy: response.headers.get('Content-Security-Policy'),
      nodeReaches: `${typeof Reflect.get(window, 'require')} ${typeof Reflect.get(window, 'process')}`,
    };
  });
  return { address: page.url(), title: await page.title(), ...inside };
}

/**
 * Starts a packaged application on a profile of its own and looks at its first page. The fuses
 * forbid inspecting main, so it is probed through its pages.
 */
async function withPackagedApp<T>(
  executable: string,
  args: readonly string[],
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const profile = await mkdtemp(path.join(tmpdir(), 'archipel-packaged-'));
  const sandbox = isRoot() ? ['--no-sandbox'] : [];
  const child = spawn(
    executable,
    [...sandbox, '--remote-debugging-port=0', '--profile', profile, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return lookAt(child, profile, look);
}

async function lookAt<T>(
  child: ChildProcess,
  folder: string,
  look: (page: Page) => Promise<T>,
): Promise<T> {
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child));
    const context = browser.contexts()[0]!;
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    const seen = await look(page);
    await browser.close();
    return seen;
  } finally {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  }
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** Debian's "nobody", who stands for anybody who is not root. */
const ORDINARY_ID = 65_534;

/** How Linux confines the renderer of a packaged application that an ordinary user has started. */
export interface Confinement {
  /** Whether an argument asked for less of it. */
  readonly isLoosened: boolean;
  /** 2 is a filter of system calls (proc_pid_status(5)). */
  readonly seccomp: string | undefined;
  /** Whether it sees only processes of its own (pid_namespaces(7)). */
  readonly hasOwnProcesses: boolean;
}

/** Starts a packaged application as somebody who is not root, without any argument on the sandbox. */
export async function confinement(executable: string): Promise<Confinement> {
  const folder = await mkdtemp(path.join(tmpdir(), 'archipel-ordinary-'));
  const runtime = path.join(folder, 'run');
  await mkdir(runtime, { mode: 0o700 });
  const id = String(ORDINARY_ID);
  const change = ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups'];
  const command = [executable, '--remote-debugging-port=0', '--profile', path.join(folder, 'app')];
  const [file = '', ...args] = isRoot() ? [...change, ...command] : command;
  if (isRoot()) for (const one of [folder, runtime]) await chown(one, ORDINARY_ID, ORDINARY_ID);
  const child = spawn(file, args, {
    env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: runtime },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return lookAt(child, folder, async (page) => {
    await portrait(page);
    const renderer = await rendererOf(child.pid ?? 0);
    const status = await readFile(`/proc/${renderer.pid}/status`, 'utf8');
    return {
      isLoosened: renderer.commandLine.includes('no-sandbox'),
      seccomp: /^Seccomp:\s+(\d)/m.exec(status)?.[1],
      hasOwnProcesses:
        (await processNamespace(renderer.pid)) !== (await processNamespace(child.pid ?? 0)),
    };
  });
}

const processNamespace = (pid: number): Promise<string> => readlink(`/proc/${pid}/ns/pid`);

interface RunningProcess {
  readonly pid: number;
  readonly commandLine: string;
}

/** The process that draws the page, among those that descend from the application's first. */
async function rendererOf(first: number): Promise<RunningProcess> {
  const waiting = [first];
  while (waiting.length > 0) {
    const pid = waiting.pop() ?? 0;
    // A process that ends meanwhile has neither.
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (commandLine.includes('--type=renderer')) return { pid, commandLine };
    for (const thread of await readdir(`/proc/${pid}/task`).catch(() => [])) {
      const file = `/proc/${pid}/task/${thread}/children`;
      const children = await readFile(file, 'utf8').catch(() => '');
      waiting.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  throw new Error(`no renderer among the processes of ${first}`);
}

/** What a packaged application says of itself. */
export async function probe(executable: string): Promise<Portrait> {
  return withPackagedApp(executable, [], portrait);
}

/** The first entity that a packaged application shows when it runs the embedded platform. */
export async function firstEntity(executable: string): Promise<string> {
  return withPackagedApp(executable, ['--demo'], async (page) => {
    const machine = page.getByRole('tree', { name: 'Roster' }).getByRole('treeitem', { level: 3 });
    await machine.first().waitFor({ timeout: 60_000 });
    return machine.first().innerText();
  });
}

/** Pixels of the first hypervisor's picture, which a packaged application makes in a thread of its own. */
export async function avatarSize(executable: string): Promise<readonly number[]> {
  return withPackagedApp(executable, ['--demo'], async (page) => {
    const roster = page.getByRole('tree', { name: 'Roster' });
    await roster.getByRole('treeitem', { level: 2 }).first().click({ timeout: 60_000 });
    const picture = page.locator('img[src^="avatar/"]').first();
    await picture.waitFor({ timeout: 60_000 });
    return picture.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.removeAllListeners('exit');
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
