import { changePassword, removeAccount } from '../../../node/xmpp/registration.ts';
import type { SessionState } from '../../../node/xmpp/session-types.ts';
import type { TestUser, XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { expectOk } from '../../support/expect-result.ts';
import { Heard } from './heard.ts';
import { Visitors } from './visitors.ts';
import { expect, it } from 'vitest';

/** Logging in, being refused, and making accounts. */
export function loginCases(server: () => XmppServerDescription): void {
  const visitors = new Visitors(server);
  const user = (index: number): TestUser => server().users[index]!;

  it('logs in through STARTTLS and tells what the link is made of', async () => {
    const session = await visitors.online(user(0), { resource: 'desk' });
    expect(session.facts).toMatchObject({
      jid: `${user(0).jid}/desk`,
      tlsVersion: expect.stringMatching(/^TLSv1\.[23]$/) as string,
      mechanism: expect.stringMatching(/^SCRAM-SHA-/) as string,
      certificate: { names: expect.arrayContaining([server().domain]) as string[] },
      streamManagement: server().hasResumption ? 'resumable' : 'off',
    });
  });

  it('logs in through direct TLS', async ({ skip }) => {
    const { host, directTlsPort } = server();
    if (directTlsPort === undefined) {
      skip('no port for direct TLS');
      return;
    }
    const endpoint = { host, port: directTlsPort, directTls: true };
    const session = await visitors.online(user(0), { endpoint });
    expect(session.facts?.directTls).toBe(true);
  });

  it('stops at a wrong password and says so', async () => {
    const session = visitors.make({ ...user(0), password: 'wrong' });
    const outcome = await session.connect();
    expect(outcome).toMatchObject({ ok: false, error: { code: 'not-authorized' } });
    expect(session.state.kind).toBe('failed');
  });

  it('refuses an authority that nobody trusts', async () => {
    const session = visitors.make(user(0), { tls: {} });
    expect(await session.connect()).toMatchObject({
      ok: false,
      error: { code: 'certificate', problem: 'unknown-authority' },
    });
  });

  it('accepts exactly the pinned certificate', async () => {
    const first = await visitors.online(user(0));
    const pinnedFingerprint = first.facts!.certificate!.fingerprint;
    const second = await visitors.online(user(0), { tls: { pinnedFingerprint } });
    expect(second.facts?.isPinned).toBe(true);
    const third = visitors.make(user(0), { tls: { pinnedFingerprint: 'AA:BB' } });
    expect(await third.connect()).toMatchObject({ ok: false, error: { problem: 'pin-changed' } });
  });

  it('makes its account in-band, changes the password and removes the account', async ({
    skip,
  }) => {
    skip(!server().hasRegistration, 'no in-band registration');
    const made = { jid: `made@${server().domain}`, password: 'first' };
    const session = await visitors.online(made, { registerIfMissing: true });
    expectOk(await changePassword(session, 'second'));
    await session.disconnect();
    const again = await visitors.online({ ...made, password: 'second' });
    expectOk(await removeAccount(again));
    await again.disconnect();
    const gone = visitors.make({ ...made, password: 'second' });
    expect(await gone.connect()).toMatchObject({ ok: false, error: { code: 'not-authorized' } });
  });

  it('does not take over an account that exists when it may register', async ({ skip }) => {
    skip(!server().hasRegistration, 'no in-band registration');
    const session = visitors.make(
      { ...user(0), password: 'not the password' },
      { registerIfMissing: true },
    );
    expect(await session.connect()).toMatchObject({
      ok: false,
      error: { code: 'registration-refused', condition: 'conflict' },
    });
  });

  it('stays away when another client takes its resource', async () => {
    const first = await visitors.online(user(0), { resource: 'same' });
    const states = new Heard<SessionState>((listener) => first.on('stateChanged', listener));
    const second = await visitors.online(user(0), { resource: 'same' });
    expect(second.state.kind).toBe('online');
    // A server may give the second another resource instead.
    if (second.fullJid !== first.fullJid) return;
    expect(await states.next(({ kind }) => kind === 'failed')).toEqual({
      kind: 'failed',
      reason: expect.objectContaining({ code: 'stream-error', condition: 'conflict' }) as unknown,
    });
  });
}
