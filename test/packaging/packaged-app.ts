import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';

/** What a packaged application says of itself when it is asked from outside. */
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
 * Starts a packaged application on a profile of its own and asks its first page for its portrait.
 * The fuses forbid inspecting main, so it is probed through its pages.
 */
export async function probe(executable: string): Promise<Portrait> {
  const profile = await mkdtemp(path.join(tmpdir(), 'archipel-packaged-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...sandbox, '--remote-debugging-port=0', '--profile', profile], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child));
    const context = browser.contexts()[0]!;
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    const seen = await portrait(page);
    await browser.close();
    return seen;
  } finally {
    await end(child);
    await rm(profile, { recursive: true, force: true });
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.removeAllListeners('exit');
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
