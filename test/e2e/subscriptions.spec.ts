import { expect, test } from '@playwright/test';
import { el } from '../../core/xml/element.ts';
import { continueCommand, executeCommand } from '../../node/xmpp/ad-hoc.ts';
import { XmppSession } from '../../node/xmpp/session.ts';
import { expectOk } from '../support/expect-result.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnPlatform } from './support/desk.ts';

const strangers: XmppSession[] = [];
const desk = deskOnPlatform();

test.describe.configure({ mode: 'serial' });

test.afterAll(async () => {
  for (const stranger of strangers) await stranger.disconnect();
});

/** Somebody of the own domain who is in nobody's roster asks to see the administrator. */
async function askedBy(name: string): Promise<string> {
  const { domain, host, port, fingerprint } = desk.platform.announcement;
  const jid = `${name}@${domain}`;
  const node = 'http://jabber.org/protocol/admin#add-user';
  const stage = expectOk(await executeCommand(desk.platform.admin, domain, node));
  const fields = { accountjid: jid, password: 'a long word', 'password-verify': 'a long word' };
  const form = el(
    'x',
    { xmlns: 'jabber:x:data', type: 'submit' },
    Object.entries(fields).map(([field, value]) =>
      el('field', { var: field }, [el('value', {}, [value])]),
    ),
  );
  expectOk(await continueCommand(desk.platform.admin, domain, stage, 'complete', form));
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
  expectOk(
    await stranger.send(el('presence', { to: desk.platform.account.jid, type: 'subscribe' })),
  );
  return jid;
}

test('accepts who is to be accepted always, and says so where it is taken back', async () => {
  const jid = await askedBy('new-host');
  const requests = desk.window.getByRole('list', { name: 'Subscription requests' });
  await expect(requests).toContainText(jid);
  await requests.getByRole('button', { name: 'Always accept' }).click();
  await expect(requests).toBeHidden();
  await expect(desk.roster.item('new-host')).toBeVisible();
  await desk.shell.run('Accounts');
  const accounts = desk.shell.dialog('Accounts');
  const accepted = accounts.getByRole('list', { name: 'Accepted without asking' });
  await expect(accepted).toContainText(jid);
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
  await accepted.getByRole('button', { name: `Take back for ${jid}` }).click();
  await expect(accepted).toBeHidden();
});

test('accepts the own domain by itself when the account says so, and tells of each', async () => {
  const accounts = desk.shell.dialog('Accounts');
  await accounts.getByRole('button', { name: 'Edit' }).click();
  const form = desk.shell.dialog(`Account ${desk.platform.account.jid}`);
  const own = form.getByRole('switch', { name: /^Always accept requests from/u });
  await expect(own).not.toBeChecked();
  await own.click();
  await form.getByRole('button', { name: 'Save and connect' }).click();
  await expect(accounts.getByText(/^everybody at/u)).toBeVisible();
  await desk.window.keyboard.press('Escape');
  const jid = await askedBy('another-host');
  await expect(desk.roster.item('another-host')).toBeVisible();
  await desk.shell.run('Notifications');
  const notifications = desk.shell.dialog('Notifications');
  await expect(notifications.getByText(`${jid} may see your presence.`)).toBeVisible();
  await desk.window.keyboard.press('Escape');
});
