import { describe, expect, it } from 'vitest';
import type { Mechanism } from '../../../../node/xmpp/session-failure.ts';
import { memoryScramKeys } from '../../../../node/xmpp/scram.ts';
import { FaultServer } from '../../../support/fault-server.ts';
import { sessionsOn } from './fault-session.ts';

const sessionOn = sessionsOn();
const PATIENCE = { timeout: 10_000 };

describe('logging in', () => {
  it.each(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] as const)(
    'uses %s where that is the best on offer',
    async (mechanism) => {
      const session = sessionOn(new FaultServer({ mechanisms: ['X-OTHER', mechanism] }));
      expect(await session.connect()).toEqual({ ok: true, value: { jid: 'user@fault.test/made' } });
      expect(session.facts?.mechanism).toBe(mechanism);
    },
  );

  it('prefers the strongest mechanism, whatever the order', async () => {
    const mechanisms = ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'];
    const session = sessionOn(new FaultServer({ mechanisms }));
    await session.connect();
    expect(session.facts?.mechanism).toBe('SCRAM-SHA-256');
  });

  it('refuses a server that cannot prove that it knows the password', async () => {
    const session = sessionOn(new FaultServer({ forgesSignature: true }));
    const failure = { code: 'server-not-verified', detail: 'signature' };
    expect(await session.connect()).toEqual({ ok: false, error: failure });
    expect(session.state).toEqual({ kind: 'failed', reason: failure });
  });

  it('refuses a challenge for another nonce', async () => {
    const session = sessionOn(new FaultServer({ forgesNonce: true }));
    expect(await session.connect()).toEqual({
      ok: false,
      error: { code: 'server-not-verified', detail: 'nonce' },
    });
  });

  it.each([1, 4095, 10_000_001])('refuses %i iterations', async (iterations) => {
    const session = sessionOn(new FaultServer({ iterations }));
    expect(await session.connect()).toEqual({
      ok: false,
      error: { code: 'server-not-verified', detail: 'iterations' },
    });
  });

  it('refuses a server that offers nothing it knows', async () => {
    const session = sessionOn(new FaultServer({ mechanisms: ['X-OAUTH2'] }));
    expect(await session.connect()).toEqual({
      ok: false,
      error: { code: 'no-mechanism', offered: ['X-OAUTH2'] },
    });
  });

  it('refuses a weaker mechanism than the account was seen with', async () => {
    const server = new FaultServer({ mechanisms: ['PLAIN'] });
    const session = sessionOn(server, { rememberedMechanism: 'SCRAM-SHA-1' });
    expect(await session.connect()).toEqual({
      ok: false,
      error: { code: 'mechanism-downgraded', remembered: 'SCRAM-SHA-1', offered: ['PLAIN'] },
    });
    expect(server.stream.received).toEqual([]);
  });

  it('remembers the mechanism itself, and tells it', async () => {
    const server = new FaultServer();
    const session = sessionOn(server);
    const used: Mechanism[] = [];
    session.on('authenticated', ({ mechanism }) => used.push(mechanism));
    await session.connect();
    await session.disconnect();
    server.faults = { mechanisms: ['SCRAM-SHA-1', 'PLAIN'] };
    expect(await session.connect()).toMatchObject({ error: { code: 'mechanism-downgraded' } });
    expect(used).toEqual(['SCRAM-SHA-256']);
  });

  it('never sends anything where TLS was taken out of the offer', async () => {
    const server = new FaultServer({ stripsStartTls: true, mechanisms: ['PLAIN'] });
    const session = sessionOn(server, { transport: server.transport(false) });
    expect(await session.connect()).toEqual({ ok: false, error: { code: 'tls-not-offered' } });
    expect(session.state.kind).toBe('failed');
  });

  it('closes the stream after a refusal and does not try again', async () => {
    const server = new FaultServer({ refusesLogin: 'not-authorized', staysHalfOpen: true });
    const session = sessionOn(server);
    const failure = { code: 'not-authorized', condition: 'not-authorized', text: '' };
    expect(await session.connect()).toEqual({ ok: false, error: failure });
    expect(session.state).toEqual({ kind: 'failed', reason: failure });
    await expect.poll(() => server.stream.isOpen, PATIENCE).toBe(false);
    expect(server.streams).toHaveLength(1);
  });

  it('tries again when the refusal is for now only', async () => {
    const session = sessionOn(new FaultServer({ refusesLogin: 'temporary-auth-failure' }));
    await session.connect();
    expect(session.state.kind).toBe('waiting');
  });

  it('says so when there is no password', async () => {
    const session = sessionOn(new FaultServer(), { password: () => Promise.resolve(undefined) });
    expect(await session.connect()).toEqual({ ok: false, error: { code: 'password-missing' } });
  });

  it('derives keys without holding up the process', async () => {
    const session = sessionOn(new FaultServer({ iterations: 400_000 }));
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 5);
    const outcome = await session.connect();
    clearInterval(timer);
    expect(outcome.ok).toBe(true);
    expect(ticks).toBeGreaterThan(3);
  });

  it('derives the keys of many agents with one password once', async () => {
    const kept = memoryScramKeys();
    let made = 0;
    const scramKeys = {
      ...kept,
      set: (...args: Parameters<typeof kept.set>) => {
        made += 1;
        kept.set(...args);
      },
    };
    const server = new FaultServer();
    const sessions = [1, 2, 3].map(() => sessionOn(server, { scramKeys }));
    const outcomes = await Promise.all(sessions.map(async (session) => session.connect()));
    expect([outcomes.every(({ ok }) => ok), made]).toEqual([true, 1]);
  });
});
