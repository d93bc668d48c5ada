import { _electron, type Page } from '@playwright/test';
import path from 'node:path';
import type { Bench, Run } from './measuring/bench.ts';
import { startWebsockify } from './measuring/console-paths.ts';
import { DesktopApp, newProfile } from './measuring/desktop-app.ts';
import { APP, electronPath, sandboxArguments } from './measuring/electron.ts';
import { echoesOf } from './measuring/key-echo.ts';
import { openConsole } from './measuring/screen-panel.ts';
import { percentile } from './measuring/summary.ts';

const MACHINE = 'web-01';
const PRESSES = 60;
const NOVNC = path.join(APP, 'node_modules/@novnc/novnc');

/** Opens a machine's screen without the agent's proxy, and tells where that screen listens. */
async function openDirectly({ page }: DesktopApp): Promise<number> {
  await page.getByRole('treeitem', { name: MACHINE, exact: true }).waitFor();
  const address = page.evaluate(async (name) => {
    const { consoles, inventory } = window.archipel;
    const snapshot = await inventory.snapshot();
    if (!snapshot.ok) throw new Error(snapshot.error.code);
    const { entities } = JSON.parse(snapshot.value) as {
      readonly entities: readonly { readonly id: never; readonly name: string }[];
    };
    const machine = entities.find((one) => one.name === name);
    if (!machine) throw new Error(`There is no ${name}`);
    await consoles.setWay({ entity: machine.id, way: 'direct' });
    return new Promise<string>((resolve) => {
      consoles.changed(({ state }) => {
        if (state.name === 'open') resolve(state.route.address);
      });
    });
  }, MACHINE);
  await openConsole(page, MACHINE);
  return Number((await address).split(':').at(-1));
}

/** What everybody else has: noVNC in a page, and websockify before the screen. */
async function onWebsockify(port: number, work: (page: Page) => Promise<void>): Promise<void> {
  const proxy = await startWebsockify(port, NOVNC);
  const profile = await newProfile();
  const browser = await _electron.launch({
    executablePath: electronPath(),
    args: [
      path.join(APP, 'out/bench/bare-electron.js'),
      `--user-data-dir=${profile.folder}`,
      ...sandboxArguments(),
      '1',
    ],
  });
  try {
    const page = await browser.firstWindow();
    await page.goto(`http://127.0.0.1:${proxy.port}/package.json`);
    const content = [
      `import RFB from '/core/rfb.js';`,
      `document.body.replaceChildren();`,
      `document.body.style.height = '100vh';`,
      `const screen = new RFB(document.body, 'ws://127.0.0.1:${proxy.port}');`,
      `screen.scaleViewport = true;`,
      `screen.addEventListener('connect', () => {`,
      `  screen.focus();`,
      `  document.title = 'connected';`,
      `});`,
    ].join('\n');
    await page.addScriptTag({ type: 'module', content });
    await page.waitForFunction(() => document.title === 'connected');
    await work(page);
  } finally {
    await browser.close();
    await proxy.stop();
    await profile.remove();
  }
}

async function measure(): Promise<Run> {
  const profile = await newProfile();
  const app = await DesktopApp.launch(profile.folder, '--demo');
  try {
    const { page } = app;
    const skip = page.getByRole('button', { name: 'Skip the tour' });
    await skip.click();
    const port = await openDirectly(app);
    const ours = await echoesOf(page, PRESSES);
    // What nobody looks at asks for no pictures.
    await page.getByRole('tab', { name: `Overview: ${MACHINE}`, exact: true }).click();
    let theirs: readonly number[] = [];
    await onWebsockify(port, async (other) => {
      theirs = await echoesOf(other, PRESSES);
    });
    const of = (share: number) => ({
      value: percentile(ours, share),
      unit: 'ms' as const,
      peer: { name: 'websockify and noVNC', value: percentile(theirs, share) },
    });
    return [
      { name: 'console.key-latency', ...of(50) },
      { name: 'console.key-latency-slow', ...of(95) },
    ];
  } finally {
    await app.close();
    await profile.remove();
  }
}

/** From a key press in a console to the changed picture, the middle one and the slowest of twenty. */
export const consoleKeyLatency: Bench = { name: 'console.key-latency', runs: 3, run: measure };
