import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly profile: string;
  /** Quits the app; its profile stays for another launch. */
  close(): Promise<void>;
}

/** An empty profile folder, removed by the returned function. */
export function newProfile(): { readonly profile: string; readonly remove: () => void } {
  const profile = mkdtempSync(path.join(tmpdir(), 'archipel-e2e-'));
  return {
    profile,
    remove: () => {
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Starts the built app as a user would, with a profile of its own. */
export async function launch(profile: string, args: readonly string[] = []): Promise<LaunchedApp> {
  const executablePath = process.env['ARCHIPEL_ELECTRON'];
  if (executablePath === undefined) throw new Error('ARCHIPEL_ELECTRON is not set: run npm test');
  const isRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath,
    args: [root, '--profile', profile, ...(isRoot ? ['--no-sandbox'] : []), ...args],
    cwd: root,
  });
  const window = await app.firstWindow();
  return { app, window, profile, close: () => app.close() };
}
