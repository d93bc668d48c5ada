import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { BridgedApi } from '../../core/contract/contract.ts';
import { Console } from './pages/console.ts';
import { deskOnDemo, type Desk } from './support/desk.ts';

const desk = deskOnDemo();

test.describe.configure({ mode: 'serial' });

async function openConsole({ roster, shell, window }: Desk): Promise<Console> {
  await roster.expectState('web-01', 'running');
  await roster.select('web-01');
  const console = new Console(window, await shell.show('Console: web-01'));
  await console.connected();
  return console;
}

test('shows what a screen has shown before, and goes on with it', async () => {
  const { window } = desk;
  const console = await openConsole(desk);
  const { panel } = console;
  const rewind = console.button('Show the last minutes, or now');
  const thumb = panel.getByRole('slider', { name: 'Moment of the last minutes' });
  const past = panel.getByLabel(/^The screen as it was: /);
  const light = () =>
    past.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, at) => at % 4 === 0 && value > 100).length;
    });
  await rewind.click();
  await expect.poll(light, { timeout: 20_000 }).toBeGreaterThan(100);
  const before = await light();
  await rewind.click();
  await console.type('mmmmmmmmmmmmmmmmmmmm');
  await rewind.click();
  // What comes is shown until a moment is chosen.
  await expect.poll(light, { timeout: 20_000 }).toBeGreaterThan(before + 200);
  await window.screenshot({ path: 'out/e2e/rewind.png' });
  await expect(panel.getByText(/^The past: /u)).toBeVisible();
  await expect(thumb).toBeFocused();
  await window.keyboard.press('Home');
  await expect.poll(light).toBeLessThan(before + 200);
  // One picture on, however long the first one stood.
  const shown = await thumb.getAttribute('aria-valuenow');
  await window.keyboard.press('ArrowRight');
  await expect(thumb).not.toHaveAttribute('aria-valuenow', shown ?? '');
  await window.keyboard.press('Escape');
  await expect(past).toBeHidden();
  await expect(rewind).toBeFocused();
  await rewind.click();
  await panel.getByRole('button', { name: 'Back to now' }).click();
  await expect(past).toBeHidden();
});

const SHOWN = 'what stood on the screen';

/** Keeps a piece of the past as a console does that memory has no room for. */
function keepPiece(window: Page): Promise<boolean> {
  return window.evaluate(async (text) => {
    const { archipel } = globalThis as unknown as { readonly archipel: BridgedApi };
    const bytes = new TextEncoder().encode(text.repeat(1000));
    const kept = await archipel.pasts.keep({ bytes });
    const read = kept.ok ? await archipel.pasts.read({ piece: kept.value }) : kept;
    return read.ok && new TextDecoder().decode(read.value) === text.repeat(1000);
  }, SHOWN);
}

test('keeps more on the disk when asked, encrypted, and nothing after the end or a crash', async () => {
  test.setTimeout(120_000);
  const folder = path.join(desk.profile, 'past-screens');
  const files = (): readonly string[] => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  };
  const { window } = desk;
  const { panel } = await openConsole(desk);
  const screen = panel.getByRole('button', { name: 'Screen', exact: true });
  const keep = window.getByRole('menuitemcheckbox', { name: /^Keep more of the past/u });
  await screen.click();
  await expect(keep).not.toBeChecked();
  await keep.click();
  await screen.click();
  await expect(keep).toBeChecked();
  await window.screenshot({ path: 'out/e2e/rewind-on-disk.png' });
  await window.keyboard.press('Escape');
  expect(await keepPiece(window)).toBe(true);
  const [file = ''] = files();
  const written = readFileSync(path.join(folder, file));
  expect([written.length > SHOWN.length * 1000, written.includes(SHOWN)]).toEqual([true, false]);
  await desk.kill();
  expect(files()).toEqual([file]);
  await desk.start();
  await expect.poll(files).toEqual([]);
  expect(await keepPiece(desk.window)).toBe(true);
  expect(files()).toHaveLength(1);
  await desk.quit();
  expect(files()).toEqual([]);
});
