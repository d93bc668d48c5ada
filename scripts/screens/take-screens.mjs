import { _electron } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDesktopSession } from '../lib/desktop-session.mjs';
import { root } from '../lib/project.mjs';
import { step } from '../lib/steps.mjs';
import { chromiumArguments, hasDisplay } from '../start/launch-arguments.mjs';
import { prepare } from '../start/start-app.mjs';
import { FILM, makeFilm } from './film.mjs';
import { SCENES } from './scenes.mjs';

const FOLDER = path.join(root, 'docs/screens');
const THEMES = ['light', 'dark'];
const machine = {
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  env: process.env,
};

async function withApp(executable, env, work) {
  const profile = mkdtempSync(path.join(tmpdir(), 'archipel-screens-'));
  const app = await _electron.launch({
    executablePath: executable,
    args: [root, '--profile', profile, ...chromiumArguments(machine)],
    cwd: root,
    env: { ...process.env, ...env },
  });
  try {
    await work(await app.firstWindow());
  } finally {
    await app.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Takes a scene in both themes, once nothing in it is loading any more. */
async function take(page, { name, size, arrange }) {
  await page.setViewportSize(size);
  await arrange(page);
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'hidden' });
    const file = path.join(FOLDER, `${name}-${theme}.png`);
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  }
}

/** Takes all pictures again, on the embedded platform, which is the same each time. */
export async function takeScreens() {
  const visible = hasDisplay(machine);
  const { executable } = await prepare(['window', 'film', ...(visible ? [] : ['display'])]);
  const session = visible ? undefined : await startDesktopSession({ withKeyring: false });
  mkdirSync(FOLDER, { recursive: true });
  try {
    await withApp(executable, session?.env ?? {}, async (page) => {
      page.setDefaultTimeout(15_000);
      for (const scene of SCENES) {
        const pictures = () => `${scene.name}-{${THEMES.join(',')}}.png`;
        await step('Picture', () => take(page, scene), pictures);
      }
    });
    // On a platform of its own: a machine is started in it.
    await withApp(executable, session?.env ?? {}, async (page) => {
      page.setDefaultTimeout(15_000);
      await step(
        'Film',
        () => makeFilm(page, path.join(FOLDER, FILM)),
        () => FILM,
      );
    });
  } finally {
    await session?.stop();
  }
}
