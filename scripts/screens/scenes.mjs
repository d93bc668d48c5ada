import { enterDemo, entity, openPalette, panel, run, show, tab } from './hands.mjs';

const SMALL = { width: 1280, height: 800 };
const LARGE = { width: 1680, height: 1040 };

async function firstRun(page) {
  await page.getByRole('button', { name: /^Explore the demo platform/u }).waitFor();
}

/** Overview above, controls below, of the machine that the drawings show. */
async function main(page) {
  await enterDemo(page);
  await show(page, 'web-01', 'Controls');
  const controls = tab(page, 'Controls: web-01');
  const { width, height } = await panel(page, 'Controls: web-01').boundingBox();
  const targetPosition = { x: width / 2, y: height - 20 };
  await controls.dragTo(page.getByRole('main', { name: 'Panels' }), { targetPosition });
  await tab(page, 'Overview: web-01').click();
  await panel(page, 'Overview: web-01').waitFor();
  await panel(page, 'Controls: web-01').waitFor();
}

const palette = (page) => openPalette(page, 'web');

async function selection(page) {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
  await entity(page, 'web-01').click();
  for (const name of ['web-02', 'db-primary', 'db-replica']) {
    await entity(page, name).click({ modifiers: ['ControlOrMeta'] });
  }
  await panel(page, 'Overview: 4 entities').waitFor();
}

async function stanzas(page) {
  await run(page, 'Stanzas');
  const shown = panel(page, 'Stanzas: all accounts');
  await shown.getByRole('option').filter({ hasText: 'info' }).first().click();
  await shown.getByRole('complementary', { name: 'Stanza' }).waitFor();
}

/**
 * The pictures in the order in which they are taken; each begins where the one before ended.
 * @typedef {object} Scene
 * @property {string} name of its files, which the theme follows
 * @property {{ width: number, height: number }} size
 * @property {(page: import('@playwright/test').Page) => Promise<void>} arrange
 */

/** @type {readonly Scene[]} */
export const SCENES = [
  { name: 'first-run', size: SMALL, arrange: firstRun },
  { name: 'main', size: LARGE, arrange: main },
  { name: 'palette', size: SMALL, arrange: palette },
  { name: 'selection', size: SMALL, arrange: selection },
  { name: 'machines', size: SMALL, arrange: (page) => show(page, 'atoll-01', 'Virtual machines') },
  { name: 'stanzas', size: SMALL, arrange: stanzas },
];
