import { Camera } from './camera.mjs';
import { enterDemo, entity, panel, run, tab } from './hands.mjs';

/** The file of the film, beside the pictures. */
export const FILM = 'film.gif';

const SIZE = { width: 1280, height: 800 };
const CRASHED = 'worker-07';
const ITS_HOST = 'atoll-02';
const FRENCH = 'dns-01';

/** Finds the one that crashed among all, and starts it. */
async function filterAndStart(page, camera) {
  const filter = page.getByRole('searchbox', { name: /filter by name/iu });
  await camera.shoot(1500);
  await camera.type(filter, 'worker-07');
  await entity(page, CRASHED).click();
  await tab(page, `Controls: ${CRASHED}`).click();
  await camera.shoot(1200);
  await panel(page, `Controls: ${CRASHED}`)
    .getByRole('button', { name: /^Start/u })
    .first()
    .click();
  await camera.shoot(300);
  await page.locator('[role=treeitem][title^=running]', { hasText: CRASHED }).waitFor();
  await camera.shoot(1600);
  await filter.fill('');
}

/** Types what the guest's own keyboard has at other places than ours. */
async function typeIntoConsole(page, camera) {
  await entity(page, FRENCH).click();
  await tab(page, `Console: ${FRENCH}`).click();
  const shown = panel(page, `Console: ${FRENCH}`);
  await shown.getByText(/Connected (?:by|directly)/u).waitFor({ timeout: 20_000 });
  await camera.shoot(1200);
  await shown.getByRole('button', { name: 'Type text…', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Type text in ${FRENCH}` });
  await dialog.getByLabel('Keyboard layout of the guest').click();
  await page.getByRole('option', { name: 'French', exact: true }).click();
  await camera.type(dialog.getByRole('textbox', { name: 'Text', exact: true }), 'echo é@€\n');
  await camera.shoot(900);
  await dialog.getByRole('button', { name: 'Type it' }).click();
  await dialog.getByText(/9 of 9 characters are typed/u).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await camera.shoot(2200);
}

/** Asks the log of the host why the machine crashed. */
async function readTheLog(page, camera) {
  await entity(page, ITS_HOST).click();
  await run(page, 'Show its log');
  await tab(page, `Logs: ${ITS_HOST}`).click();
  const shown = panel(page, `Logs: ${ITS_HOST}`);
  await shown.getByRole('option').first().waitFor();
  await camera.shoot(1200);
  await camera.type(shown.getByRole('searchbox', { name: 'Filter the lines' }), CRASHED);
  const count = shown.getByRole('toolbar', { name: 'Log' }).getByRole('status');
  await count.filter({ hasText: /of/u }).waitFor();
  await camera.shoot(3000);
}

/** Films what the product is for: find, start, type, understand. */
export async function makeFilm(page, file) {
  await page.setViewportSize(SIZE);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await enterDemo(page);
  const camera = new Camera(page);
  try {
    await filterAndStart(page, camera);
    await typeIntoConsole(page, camera);
    await readTheLog(page, camera);
    await camera.develop(file);
  } finally {
    camera.end();
  }
}
