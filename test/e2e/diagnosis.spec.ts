import { expect, test, type ElectronApplication } from '@playwright/test';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Controls } from './pages/controls.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnPlatform } from './support/desk.ts';
import { answered, confirmationAfter, root } from './support/launch.ts';

const PICTURES = path.join(root, 'out/e2e/diagnosis');
const desk = deskOnPlatform();

test.describe.configure({ mode: 'serial' });

/** Answers the next dialog of the system that asks where to save. */
async function saveTo(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
}

test('a panel that cannot be explains the 501 with its stanzas', async () => {
  const { window } = desk;
  const question = { namespace: 'archipel:vm:control', action: 'info' };
  await desk.platform.setFaults({ ...question, effect: 'not-implemented' });
  await desk.roster.select('queue-01');
  const panel = await desk.shell.show('Controls: queue-01');
  await panel.getByRole('button', { name: 'Explain', exact: true }).click();
  const dialog = desk.shell.dialog('What went wrong');
  await expect(dialog).toContainText('queue-01 does not offer “info” of archipel:vm:control.');
  await expect(dialog).toContainText('feature-not-implemented');
  await expect(dialog.getByRole('region', { name: 'Request' })).toContainText('type="get"');
  await expect(dialog.getByRole('region', { name: 'Answer' })).toContainText('after');
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.photograph(`${PICTURES}/explanation-501`);
  await window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await desk.platform.setFaults();
});

test('a refused command explains the permission from its notice, and copies a request', async () => {
  const { app, window } = desk;
  await desk.platform.setFaults({
    namespace: 'archipel:vm:control',
    action: 'suspend',
    effect: 'permission-denied',
  });
  await desk.roster.select('web-01');
  const controls = new Controls(await desk.shell.show('Controls: web-01'));
  await controls.button('Pause').click();
  await desk.shell.run('Notifications');
  const log = window.getByRole('log', { name: 'Notifications' });
  await log.getByRole('button', { name: 'Explain', exact: true }).first().click();
  const dialog = desk.shell.dialog('What went wrong');
  await expect(dialog).toContainText(`Who can grant it: ${desk.platform.account.jid}`);
  await expect(dialog.getByRole('region', { name: 'Answer' })).toContainText(
    'archipel-error-permission',
  );
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.photograph(`${PICTURES}/explanation-permission`);
  await dialog.getByRole('button', { name: 'Copy a request' }).click();
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toContain('the permission “suspend” on web-01');
  await window.keyboard.press('Escape');
  await desk.platform.setFaults();
});

test('a failed item of what has been done explains itself, and leads to that moment', async () => {
  await desk.shell.run('What has been done');
  const results = desk.shell.dialog('What has been done').getByRole('list', { name: 'Results' });
  await results.getByRole('button', { name: 'Explain', exact: true }).click();
  const dialog = desk.shell.dialog('What went wrong');
  await expect(dialog).toContainText('You lack the permission “suspend” on web-01.');
  await dialog.getByRole('button', { name: 'Show that moment' }).click();
  await expect(dialog).toBeHidden();
  const stanzas = desk.shell.panel('Stanzas: all accounts');
  await expect(stanzas.locator('[aria-current=time]')).toBeVisible();
  await desk.shell.run('Close panel');
});

test('the stanza console follows what comes until something else is looked at', async () => {
  await desk.shell.run('Stanzas');
  const list = desk.shell.panel('Stanzas: all accounts').getByRole('listbox');
  const below = () =>
    list.evaluate(({ scrollHeight, scrollTop, clientHeight }) => {
      return scrollHeight - scrollTop - clientHeight;
    });
  const count = async () =>
    Number(await list.getByRole('option').first().getAttribute('aria-setsize'));
  await expect.poll(below).toBeLessThan(28);
  await list.focus();
  await desk.window.keyboard.press('Home');
  const before = await count();
  await desk.platform.step(10_000);
  await expect.poll(count).toBeGreaterThan(before);
  expect(await list.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await desk.shell.run('Close panel');
});

test('the stanza console finds by namespace, JID, direction and XPath', async () => {
  const { window } = desk;
  await desk.shell.run('Stanzas');
  const stanzas = desk.shell.panel('Stanzas: all accounts');
  const rows = stanzas.getByRole('option');
  await stanzas.getByRole('button', { name: 'more', exact: true }).click();
  const xpath = stanzas.getByRole('searchbox', { name: 'XPath' });
  await xpath.fill('//archipel-error-permission');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('suspend');
  await xpath.fill('//archipel-error-permission[');
  await expect(stanzas.getByRole('status')).toContainText('Character 29: It ends too early.');
  await xpath.fill('//error[@code="501"]');
  await expect(rows).toHaveCount(1);
  await rows.click();
  await expect(stanzas.getByRole('complementary', { name: 'Stanza' })).toContainText('type="get"');
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.photograph(`${PICTURES}/stanzas-xpath`);
  // In a narrow panel what is chosen has the width of the whole.
  await window.setViewportSize({ width: 900, height: 640 });
  const detail = stanzas.getByRole('complementary', { name: 'Stanza' });
  const wide = async (): Promise<number> => {
    const [part, whole] = await Promise.all([detail.boundingBox(), stanzas.boundingBox()]);
    return (part?.width ?? 0) / (whole?.width ?? 1);
  };
  await expect.poll(wide).toBeGreaterThan(0.95);
  await window.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(wide).toBeLessThan(0.5);
  await xpath.fill('');
  await stanzas
    .getByRole('searchbox', { name: 'Namespace', exact: true })
    .fill('archipel:vm:control');
  await stanzas.getByRole('searchbox', { name: 'JID of either side' }).fill('queue-01');
  await expect(stanzas.getByText('No stanza matches.')).toBeVisible();
  await stanzas.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(stanzas.getByRole('option').first()).toBeVisible();
});

test('a stanza is edited, shown whole by main, and sent again', async () => {
  const stanzas = desk.shell.panel('Stanzas: all accounts');
  const xpath = stanzas.getByRole('searchbox', { name: 'XPath' });
  await xpath.fill('//error[@code="501"]');
  await stanzas.getByRole('option').click();
  await stanzas.getByRole('button', { name: 'Edit and send…' }).click();
  const text = stanzas.getByRole('textbox', { name: 'To be sent' });
  const before = await text.inputValue();
  await text.fill(before.replace('</iq>', '</iq'));
  await expect(stanzas.getByRole('button', { name: 'Send…', exact: true })).toBeDisabled();
  await text.fill(before.replace('action="info"', 'action="networkinfo"'));
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
  await desk.photograph(`${PICTURES}/stanzas-edit`);
  const confirmation = await confirmationAfter(desk.launched, () =>
    stanzas.getByRole('button', { name: 'Send…', exact: true }).click(),
  );
  await expect(confirmation.locator('body')).toContainText('networkinfo');
  await answered(confirmation, () => confirmation.getByRole('button', { name: 'Send' }).click());
  await xpath.fill('//archipel[@action="networkinfo"]');
  await stanzas.getByRole('button', { name: 'sent', exact: true }).click();
  // Panels have asked for it too; this is the one that was sent by hand.
  await stanzas.getByRole('searchbox', { name: /^Filter by peer/u }).fill('raw');
  await expect(stanzas.getByRole('option')).toHaveCount(1);
});

test('a request and its answer are saved as a fixture', async () => {
  const { app, window } = desk;
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'archipel-fixture-')), 'stanzas.xml');
  await saveTo(app, file);
  const stanzas = desk.shell.panel('Stanzas: all accounts');
  await stanzas.getByRole('option').click();
  await stanzas.getByRole('button', { name: 'Save as fixture…' }).click();
  await expect(window.getByText(`Saved as ${file}`)).toBeVisible();
  const saved = readFileSync(file, 'utf8');
  expect(saved).toContain('<case namespace="archipel:vm:control" action="networkinfo">');
  expect([saved.includes('<request>'), saved.includes('<reply>')]).toEqual([true, true]);
});

test('the stanza console stays smooth with 100,000 stanzas', async () => {
  const { app } = desk;
  const stanzas = desk.shell.panel('Stanzas: all accounts');
  await stanzas.getByRole('searchbox', { name: 'XPath' }).fill('');
  await stanzas.getByRole('searchbox', { name: /^Filter by peer/u }).fill('');
  await stanzas.getByRole('button', { name: 'sent', exact: true }).click();
  await app.evaluate(({ BrowserWindow }, account) => {
    const [main] = BrowserWindow.getAllWindows();
    const at = Date.now();
    for (let page = 0; page < 20; page += 1) {
      const records = Array.from({ length: 5000 }, (_, index) => {
        const id = 1_000_000 + page * 5000 + index;
        const xml = `<message from="m${index}@archipel.test/x" id="${id}"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="/archipel/m${index}@archipel.test/events"><item><push xmlns="archipel:push" date="now" type="hypervisor" change="${index % 2 === 0 ? 'created' : 'removed'}"/></item></items></event></message>`;
        const named = { kind: 'message', type: '', namespace: '', action: 'items', cause: '' };
        return { id, account, direction: 'in', at, peer: '', xml, bytes: xml.length, ...named };
      });
      main?.webContents.send('archipel:stanzas.added', records);
    }
  }, desk.platform.account.jid);
  await expect(stanzas.getByText(/^100,\d{3} stanzas$/u)).toBeVisible({ timeout: 20_000 });
  const list = stanzas.getByRole('listbox', { name: 'Stanzas' });
  for (const share of [0.1, 0.5, 0.9, 0.3, 0.7]) {
    await list.evaluate((one, to) => (one.scrollTop = to * one.scrollHeight), share);
    await expect(list.getByRole('option').first()).toBeVisible();
  }
  // A page that searched without a break would draw nothing until it is done.
  const between = stanzas.getByText(/^[\d,]+ found so far…$/u).waitFor();
  await stanzas.getByRole('searchbox', { name: 'XPath' }).fill('//push[@change="created"]');
  await between;
  await expect(stanzas.getByText(/^50,000 of 100,\d{3} stanzas$/u)).toBeVisible({
    timeout: 30_000,
  });
  await desk.photograph(`${PICTURES}/stanzas-100000`);
  await stanzas.getByRole('button', { name: 'Clear', exact: true }).first().click();
  await desk.shell.run('Close panel');
});

test('a problem report is about the error it was begun at, can be changed, and is saved', async () => {
  const { app, window } = desk;
  await desk.shell.run('Notifications');
  const log = window.getByRole('log', { name: 'Notifications' });
  await log.getByRole('button', { name: 'Explain', exact: true }).first().click();
  await desk.shell
    .dialog('What went wrong')
    .getByRole('button', { name: 'Report a problem…' })
    .click();
  const dialog = desk.shell.dialog('Report a problem');
  const text = dialog.getByRole('textbox', { name: 'What will be written' });
  await expect(text).toHaveValue(/You lack the permission “suspend” on web-01/u);
  const gathered = await text.inputValue();
  const points = [
    '1. The log',
    '2. Faults and stanzas',
    '3. The network',
    '4. Spelling',
    '5. A simple test',
  ];
  expect(points.filter((title) => !gathered.includes(`## ${title}`))).toEqual([]);
  expect(gathered).toContain('archipel:vm:control → suspend');
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.photograph(`${PICTURES}/report`);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'archipel-report-')), 'report.md');
  await saveTo(app, file);
  await dialog.getByRole('textbox', { name: /^What did you do last/u }).fill('I paused web-01.');
  await text.fill(`${gathered}\nweb-01@x.test::::hunter2`);
  await dialog.getByRole('button', { name: 'Save report…' }).click();
  await expect(dialog).toBeHidden();
  const saved = readFileSync(file, 'utf8');
  expect(saved).toContain('I paused web-01.');
  expect(saved).toContain('web-01@x.test::::•••');
  expect(saved).not.toContain('hunter2');
  expect(saved).not.toContain(desk.platform.account.password);
});

test('asks at once for a password that is kept nowhere', async () => {
  const { window } = desk;
  const { jid, password } = desk.platform.account;
  await desk.shell.run(`Disconnect ${jid}`);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const field = desk.shell.dialog('Accounts').getByLabel(`Password of ${jid}`);
  await expect(field).toBeFocused();
  await field.fill(password);
  await window.keyboard.press('Enter');
  await expect(field).toBeHidden();
  await window.keyboard.press('Escape');
  await desk.roster.expectState('web-01', 'running');
});
