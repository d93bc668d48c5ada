import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');

/** What the machine of a developer or of continuous integration is given time for. */
const START_LIMIT_MS = 45_000;

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly profile: string;
  /** What pages complained of in their consoles; a test that provokes a complaint takes it out. */
  readonly complaints: string[];
  /** Quits the app and checks that no page complained; its profile stays for another launch. */
  close(): Promise<void>;
}

/** A place for a profile that nobody had, removed by the returned function. */
export function newProfile(): { readonly profile: string; readonly remove: () => void } {
  // Made by the app itself: whoever only lists the tests leaves nothing behind.
  const profile = path.join(tmpdir(), `archipel-e2e-${randomUUID()}`);
  return {
    profile,
    remove: () => {
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** The executable of Electron and the arguments that a user's launch with this profile has. */
export function commandLine(
  profile: string,
  args: readonly string[],
): { readonly executable: string; readonly args: readonly string[] } {
  const executable = process.env['ARCHIPEL_ELECTRON'];
  if (executable === undefined) throw new Error('ARCHIPEL_ELECTRON is not set: run npm test');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executable, args: [root, '--profile', profile, ...sandbox, ...args] };
}

/** Starts the built app as a user would, with a profile of its own, on the display of the run or another. */
export async function launch(
  profile: string,
  args: readonly string[] = [],
  display = process.env['DISPLAY'],
): Promise<LaunchedApp> {
  const command = commandLine(profile, args);
  const app = await _electron.launch({
    executablePath: command.executable,
    args: [...command.args],
    cwd: root,
    env: environment(display),
    timeout: START_LIMIT_MS,
  });
  const complaints: string[] = [];
  const context = app.context();
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (problem) => complaints.push(String(problem.error())));
  const window = await app.firstWindow({ timeout: START_LIMIT_MS });
  return {
    app,
    window,
    profile,
    complaints,
    close: async () => {
      await app.close();
      expect(complaints).toEqual([]);
    },
  };
}

function environment(display: string | undefined): Record<string, string> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
  return { ...Object.fromEntries(own), ...(display === undefined ? {} : { DISPLAY: display }) };
}

/** The window in which main asks, which an action makes it open. */
export async function confirmationAfter(
  { app }: LaunchedApp,
  action: () => Promise<void>,
): Promise<Page> {
  const [confirmation] = await Promise.all([app.waitForEvent('window'), action()]);
  await confirmation.getByRole('heading', { level: 1 }).waitFor();
  return confirmation;
}

/** Answers main's question; the window may be gone before the key or the click has come back. */
export async function answered(confirmation: Page, answer: () => Promise<void>): Promise<void> {
  const closed = confirmation.waitForEvent('close');
  await Promise.all([closed, answer().catch(() => closed)]);
}
