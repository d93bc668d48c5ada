import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';

/** What is seen of a packaged application from outside. */
export interface Portrait {
  readonly address: string;
  readonly title: string;
  readonly hasText: boolean;
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
  await page.locator('body *:visible').first().waitFor();
  const inside = await page.evaluate(async () => {
    const response = await fetch(location.href);
    return {
      hasText: document.body.innerText.trim() !== '',
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
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    executable,
    [...sandbox, '--remote-debugging-port=0', '--profile', profile, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child));
    const context = browser.contexts()[0]!;
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    const seen = await look(page);
    await browser.close();
    return seen;
  } finally {
    await end(child);
    await rm(profile, { recursive: true, force: true });
  }
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

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.removeAllListeners('exit');
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
