// What a user does in the app, for pictures and for the film.
export const entity = (page, name) => page.getByRole('treeitem', { name, exact: true });
export const tab = (page, name) => page.getByRole('tab', { name, exact: true });
export const panel = (page, name) => page.getByRole('tabpanel', { name, exact: true });

export async function openPalette(page, text) {
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox').fill(text);
  return palette;
}

export async function run(page, command) {
  const palette = await openPalette(page, command);
  await palette.getByRole('option').first().click();
  await palette.waitFor({ state: 'hidden' });
}

export async function show(page, subject, name) {
  await entity(page, subject).click();
  await tab(page, `${name}: ${subject}`).click();
  await panel(page, `${name}: ${subject}`).waitFor();
}

export async function enterDemo(page) {
  await page.getByRole('button', { name: /^Explore the demo platform/u }).click();
  await page.getByRole('button', { name: 'Skip the tour' }).click({ timeout: 60_000 });
  // The last of those who show their presence.
  await page.getByRole('button', { name: /^crashed 1$/u }).waitFor();
  await entity(page, 'Host unknown').waitFor({ state: 'detached' });
  await page.locator('[role=treeitem][title=unknown]').first().waitFor({ state: 'detached' });
}
