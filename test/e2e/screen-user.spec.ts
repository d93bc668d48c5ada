import { expect, test, type Locator } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestAuthority } from '../support/certificates.ts';
import { requirePrograms, whatIsMissing } from '../support/required-programs.ts';
import { SshBench } from '../support/sshd.ts';
import { NAMESPACE_PROGRAMS, requireNamespaces } from '../support/system-namespace.ts';
import { Console } from './pages/console.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { answered, confirmationAfter } from './support/launch.ts';
import { deskOnScreen } from './support/screen-desk.ts';
import { SCREEN_PROGRAMS } from './support/screen-platform.ts';

const GROUP = 'A screen that wants to know who is there';
const PROGRAMS = [
  ...SCREEN_PROGRAMS,
  ...NAMESPACE_PROGRAMS,
  'sshd',
  'ssh-keygen',
  'pgrep',
  'openssl',
];
const canRun = requirePrograms(GROUP, PROGRAMS) && requireNamespaces(GROUP);
const HOST_PASSWORD = 'not the one before';
const ADA = { name: 'ada', password: 'geheim, länger als acht' };

test.describe.configure({ mode: 'serial' });
test.skip(!canRun, whatIsMissing(PROGRAMS));

let panel: Locator;
let bench: SshBench | undefined;
const desk = deskOnScreen(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'archipel-screen-user-'));
  const authority = await TestAuthority.create(directory);
  const tls = await authority.issue({ names: ['screen.test'] });
  await rm(directory, { recursive: true });
  return { security: 'X509Plain', tls, user: ADA };
});

test.beforeAll(async () => {
  panel = await desk.shell.show(`Console: ${desk.platform.machine}`);
});

test.afterAll(() => bench?.remove());

const field = (name: string) => panel.getByLabel(name, { exact: true });

async function sayWho(name: string, password: string): Promise<void> {
  await field('User name at the screen').fill(name);
  // By keys: what is typed there is not for the screen.
  await field('Password of the screen').pressSequentially(password);
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
}

test('asks main’s window about the certificate that the screen shows behind the proxy', async () => {
  const trust = panel.getByRole('button', { name: 'Trust this certificate' });
  await expect(trust).toBeVisible();
  await desk.window.screenshot({ path: 'out/e2e/screen-certificate.png' });
  const refused = await confirmationAfter(desk.launched, () => trust.click());
  await refused.screenshot({ path: 'out/e2e/screen-certificate-question.png' });
  await answered(refused, () => refused.keyboard.press('Escape'));
  await expect(trust).toBeVisible();
  const asked = await confirmationAfter(desk.launched, () => trust.click());
  await answered(asked, () => asked.getByRole('button', { name: 'Trust' }).click());
  await expect(field('User name at the screen')).toBeVisible();
});

test('asks who is there, again where it was wrong, and never after', async () => {
  await expect(
    panel.getByText(`The screen of ${desk.platform.machine} wants a user name and a password.`),
  ).toBeVisible();
  await desk.window.screenshot({ path: 'out/e2e/screen-user.png' });
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
  await sayWho(ADA.name, 'falsch');
  await expect(
    panel.getByText(
      `The screen of ${desk.platform.machine} does not accept this user name with this password.`,
    ),
  ).toBeVisible();
  await expect(field('User name at the screen')).toHaveValue(ADA.name);
  await expect(field('Password of the screen')).toHaveValue('');
  await desk.window.screenshot({ path: 'out/e2e/screen-user-wrong.png' });
  await sayWho(ADA.name, ADA.password);
  const console = new Console(desk.window, panel);
  await console.connected();
  await desk.window.screenshot({ path: 'out/e2e/screen-user-in.png' });
  await console.button('Reconnect the console').click();
  await console.connected();
});

test('goes through SSH to a screen whose certificate is asked about anew, after a wrong password', async () => {
  const { launched, platform, roster, shell, window } = desk;
  bench = await SshBench.create();
  const host = await bench.server(['PasswordAuthentication yes', 'UsePAM no'], {
    password: HOST_PASSWORD,
  });
  await roster.chooseFromMenu(platform.newcomer?.name ?? '', 'SSH…');
  const profile = shell.dialog(`SSH to ${platform.newcomer?.name ?? ''}`);
  await profile.getByRole('textbox', { name: 'Host', exact: true }).fill('127.0.0.1');
  await profile.getByRole('textbox', { name: 'Port' }).fill(String(host.port));
  await profile.getByRole('textbox', { name: 'User' }).fill(host.user);
  await profile.getByRole('button', { name: 'Save' }).click();
  await roster.select(platform.machine);
  panel = await shell.show(`Console: ${platform.machine}`);
  await panel.getByRole('combobox', { name: 'Way to the screen' }).click();
  const key = await confirmationAfter(launched, () =>
    window.getByRole('option', { name: 'Through SSH' }).click(),
  );
  await expect(key.locator('body')).toContainText(host.fingerprint);
  const first = await confirmationAfter(launched, () =>
    answered(key, () => key.getByRole('button', { name: 'Trust' }).click()),
  );
  await first.getByLabel('Password').fill('wrong');
  const again = await confirmationAfter(launched, () =>
    answered(first, () => first.keyboard.press('Enter')),
  );
  await expect(again.getByText('The host did not accept that password.')).toBeVisible();
  await expect(again.getByLabel('Password')).toHaveValue('');
  await expect(again.getByLabel('Password')).toBeFocused();
  await again.screenshot({ path: 'out/e2e/screen-ssh-again.png' });
  await again.keyboard.type(HOST_PASSWORD);
  await answered(again, () => again.keyboard.press('Enter'));

  const trust = panel.getByRole('button', { name: 'Trust this certificate' });
  const asked = await confirmationAfter(launched, () => trust.click());
  await expect(
    asked.getByText(`127.0.0.1 on ${platform.newcomer?.name ?? ''}, through SSH`),
  ).toBeVisible();
  await asked.screenshot({ path: 'out/e2e/screen-ssh-certificate.png' });
  await answered(asked, () => asked.getByRole('button', { name: 'Trust' }).click());
  await expect(panel.getByText('Connected through SSH to the host, encrypted')).toBeVisible();
  await expect(panel.getByText('640 × 480')).toBeVisible();
  await window.screenshot({ path: 'out/e2e/screen-ssh.png' });
});
