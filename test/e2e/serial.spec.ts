import { expect, test } from '@playwright/test';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';
import { killStreams } from './support/kill-streams.ts';

const desk = deskOnDemo();

test('opens the text console of a machine, types a command and reads the answer', async () => {
  const { app, window } = desk;
  await desk.roster.select('web-01');
  await desk.roster.chooseFromMenu('web-01', 'Text console');
  const panel = desk.shell.panel('Text console: web-01');
  const screen = panel.getByRole('application', { name: 'Terminal of web-01' });
  await expect(panel.getByText(/By the proxy of the agent, 127\.0\.0\.1:\d+$/u)).toBeVisible();
  await expect(screen).toContainText('web-01 login:');
  const type = async (text: string): Promise<void> => {
    await window.keyboard.type(text);
    await window.keyboard.press('Enter');
  };
  await type('ada');
  await expect(screen).toContainText('Password:');
  await type('secret');
  await expect(screen).toContainText('Welcome.');
  await type('hostname');
  await expect(screen).toContainText(/hostname\s*web-01/u);
  await window.screenshot({ path: 'out/e2e/serial-open.png' });
  expect(await complaintsOfAxe(window)).toEqual([]);

  // What is too long for it is refused whole, and said so.
  await window.setViewportSize({ width: 1280, height: 440 });
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), 'x'.repeat(2_500_000));
  await window.keyboard.press('Control+Shift+V');
  const refused = window.getByText(/^Nothing was pasted: 2\.4 MiB are more than/u).first();
  await expect(refused).toBeVisible();
  await window.screenshot({ path: 'out/e2e/serial-too-long.png' });
  await app.evaluate(({ clipboard }) => clipboard.writeText('echo pasted whole'));
  await window.keyboard.press('Control+Shift+V');
  await window.keyboard.press('Enter');
  await expect(screen).toContainText(/\n\s*pasted whole|pasted whole.*pasted whole/su);

  // Several lines would run one after the other, so they are shown first.
  await app.evaluate(({ clipboard }) => clipboard.writeText('echo one\necho two\n'));
  await window.keyboard.press('Control+Shift+V');
  const question = panel.getByRole('alertdialog', { name: 'These 2 lines would run at once.' });
  await expect(question.getByRole('button', { name: 'Do not paste' })).toBeFocused();
  expect(await complaintsOfAxe(window)).toEqual([]);
  await window.screenshot({ path: 'out/e2e/serial-paste.png' });
  // What was said in the corner of the low window does not lie over it.
  await expect(refused).toBeVisible();
  const isWhole = question.evaluate((card) => {
    const { left, right, top, bottom } = card.getBoundingClientRect();
    const corners = [left + 8, right - 8].flatMap((x) =>
      [top + 8, bottom - 8].map((y) => ({ x, y })),
    );
    return corners.every(({ x, y }) => card.contains(document.elementFromPoint(x, y)));
  });
  expect(await isWhole).toBe(true);
  await window.setViewportSize({ width: 1280, height: 800 });
  await window.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(panel.getByText('The keyboard goes to the terminal.')).toBeVisible();
  await expect(screen).not.toContainText('echo one');
  await window.keyboard.press('Control+Shift+V');
  await question.getByRole('button', { name: 'Paste', exact: true }).click();
  await expect(screen).toContainText(/echo two\s*two/u);

  // All of it is seen, in its order, and reached with the keyboard.
  const long = `echo \u202Ebegin \u05D0\u05D1\n${'echo more \n'.repeat(12_344)}echo the end\n`;
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), long);
  await window.keyboard.press('Control+Shift+V');
  const many = panel.getByRole('alertdialog', { name: 'These 12,346 lines would run at once.' });
  const text = many.getByRole('group', { name: 'What would be pasted' });
  await expect(text).toContainText(/^echo \[U\+202E\]begin/u);
  await expect(text).toContainText(/… [\d,]+ characters left out here.*echo the end\s*$/su);
  await expect(
    many.getByText('Characters that nobody sees stand here as their code'),
  ).toBeVisible();
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.photograph('out/e2e/serial-paste-long');
  await window.keyboard.press('Shift+Tab');
  await expect(text).toBeFocused();
  await window.keyboard.press('End');
  await expect.poll(() => text.evaluate((one) => one.scrollTop)).toBeGreaterThan(100);

  // The process that holds the connection is killed: what was there stays, and it comes back, but for
  // the question, which was about the session before.
  await killStreams(app, panel.getByText(/Tried again in \d+ s\.$/u));
  await expect(screen).toContainText('Welcome.');
  await expect(panel.getByText(/By the proxy of the agent/u)).toBeVisible();
  await expect(many).toBeHidden();
  await expect(panel.getByText('The keyboard goes to the terminal.')).toBeVisible();

  await window.keyboard.press('Control+Alt+Shift');
  await expect(panel.getByText('The keyboard goes to the terminal.')).toBeHidden();
});
