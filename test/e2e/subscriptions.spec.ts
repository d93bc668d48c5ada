import { expect, test } from '@playwright/test';
import { el } from '../../core/xml/element.ts';
import { continueCommand, executeCommand } from '../../node/xmpp/ad-hoc.ts';
import { XmppSession } from '../../node/xmpp/session.ts';
import { expectOk } from '../support/expect-result.ts';
import { Accounts } from './pages/accounts.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { DemoPlatform } from './support/demo-platform.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

const { profile, remove } = newProfile();
const strangers: XmppSession[] = [];
let platform: DemoPlatform;
let launched: LaunchedApp;
let roster: Roster;
let shell: Shell;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  platform = await DemoPlatform.start();
  launched = await launch(profile);
  roster = new Roster(launched.window);
  shell = new Shell(launched.window);
  const accounts = new Accounts(launched.window);
  await accounts.add(platform.account, { remember: false });
  await accounts.trust(platform.announcement.fingerprint);
  await expect(roster.item('web-01')).toBeVisible({ timeout: 30_000 });
});

test.afterAll(async () => {
  for (const stranger of strangers) await stranger.disconnect();
  await launched.close();
  await platform.crash();
  remove();
});

/** Somebody of the own domain who is in nobody's roster asks to see the administrator. */
async function askedBy(name: string): Promise<string> {
  const { domain, host, port, fingerprint } = platform.announcement;
  const jid = `${name}@${domain}`;
  const node = 'http://jabber.org/protocol/admin#add-user';
  const stage = expectOk(await executeCommand(platform.admin, domain, node));
  const fields = { accountjid: jid, password: 'a long word', 'password-verify': 'a long word' };
  const form = el(
    'x',
    { xmlns: 'jabber:x:data', type: 'submit' },
    Object.entries(fields).map(([field, value]) =>
      el('field', { var: field }, [el('value', {}, [value])]),
    ),
  );
  expectOk(await continueCommand(platform.admin, domain, stage, 'complete', form));
  const stranger = new XmppSession({
    jid,
    password: async () => 'a long word',
    resource: 'test',
    endpoint: { host, port },
    tls: { pinnedFingerprint: fingerprint },
  });
  strangers.push(stranger);
  expectOk(await stranger.connect());
  expectOk(await stranger.send(el('presence', {})));
  expectOk(await stranger.send(el('presence', { to: platform.account.jid, type: 'subscribe' })));
  return jid;
}

test('accepts who is to be accepted always, and says so where it is taken back', async () => {
  const jid = await askedBy('new-host');
  const requests = launched.window.getByRole('list', { name: 'Subscription requests' });
  await expect(requests).toContainText(jid);
  await requests.getByRole('button', { name: 'Always accept' }).click();
  await expect(requests).toBeHidden();
  await expect(roster.item('new-host')).toBeVisible();
  await shell.run('Accounts');
  const accounts = shell.dialog('Accounts');
  const accepted = accounts.getByRole('list', { name: 'Accepted without asking' });
  await expect(accepted).toContainText(jid);
  expect(await complaintsOfAxe(launched.window)).toEqual([]);
  await accepted.getByRole('button', { name: `Take back for ${jid}` }).click();
  await expect(accepted).toBeHidden();
});

test('accepts the own domain by itself when the account says so, and tells of each', async () => {
  const accounts = shell.dialog('Accounts');
  await accounts.getByRole('button', { name: 'Edit' }).click();
  const form = shell.dialog(`Account ${platform.account.jid}`);
  const own = form.getByRole('switch', { name: /^Always accept requests from/u });
  await expect(own).not.toBeChecked();
  await own.click();
  await form.getByRole('button', { name: 'Save and connect' }).click();
  await expect(accounts.getByText(/^everybody at/u)).toBeVisible();
  await launched.window.keyboard.press('Escape');
  const jid = await askedBy('another-host');
  await expect(roster.item('another-host')).toBeVisible();
  await shell.run('Notifications');
  const notifications = shell.dialog('Notifications');
  await expect(notifications.getByText(`${jid} may see your presence.`)).toBeVisible();
  await launched.window.keyboard.press('Escape');
});
