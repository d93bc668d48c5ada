import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionOptions } from '../../../node/xmpp/session-options.ts';
import { type KeyPair, TestAuthority } from '../../support/certificates.ts';
import { FaultServer } from '../../support/fault-server.ts';
import { FAULT_DOMAIN, type Faults } from '../../support/faults.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { freePort } from '../../support/xmpp-daemon.ts';
import { sessionsOn } from '../../unit/node/xmpp/fault-session.ts';

const YEAR_MS = 365 * 86_400_000;

describe.runIf(requirePrograms('XMPP over TLS', ['openssl']))('over TLS', () => {
  const sessionOn = sessionsOn();
  let directory: string;
  let authority: TestAuthority;
  let good: KeyPair;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'archipel-tls-'));
    authority = await TestAuthority.create(directory);
    good = await authority.issue({ names: [FAULT_DOMAIN] });
  });

  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  interface Scene {
    readonly pair?: KeyPair;
    readonly directTls?: boolean;
    readonly faults?: Faults;
    readonly options?: Partial<SessionOptions>;
  }

  async function connect({ pair = good, directTls = false, faults = {}, options = {} }: Scene) {
    const server = new FaultServer(faults, pair);
    const endpoint = await server.listen({ directTls });
    const tls = { ca: authority.certificate };
    const session = sessionOn(server, { endpoint, tls, ...options });
    return { server, session, outcome: await session.connect() };
  }

  it.each([false, true])('asks for the XMPP domain by name (direct: %s)', async (directTls) => {
    const { server, session, outcome } = await connect({ directTls });
    expect(outcome.ok).toBe(true);
    expect(server.serverNames).toEqual([FAULT_DOMAIN]);
    expect(session.facts).toMatchObject({ host: '127.0.0.1', directTls, tlsVersion: 'TLSv1.3' });
  });

  it('says "xmpp-client" where TLS comes first, so that a shared port knows', async () => {
    const seen: (string | false | null)[] = [];
    const server = createTlsServer(
      { key: good.key, cert: good.certificate, ALPNProtocols: ['h2', 'xmpp-client'] },
      (socket) => {
        seen.push(socket.alpnProtocol);
        socket.destroy();
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const session = sessionOn(new FaultServer(), {
      endpoint: { host: '127.0.0.1', port, directTls: true },
      tls: { ca: authority.certificate },
    });
    await session.connect();
    expect(seen).toEqual(['xmpp-client']);
    await session.disconnect();
    await new Promise((resolve) => server.close(resolve));
  });

  const past = { validFrom: new Date(Date.now() - 2 * YEAR_MS) };
  const PROBLEMS: readonly [string, () => Promise<KeyPair>][] = [
    [
      'expired',
      async () =>
        authority.issue({
          names: [FAULT_DOMAIN],
          ...past,
          validTo: new Date(Date.now() - YEAR_MS),
        }),
    ],
    [
      'not-yet-valid',
      async () =>
        authority.issue({
          names: [FAULT_DOMAIN],
          validFrom: new Date(Date.now() + YEAR_MS),
          validTo: new Date(Date.now() + 2 * YEAR_MS),
        }),
    ],
    // The name and address of the host that was dialled do not count.
    ['wrong-host', async () => authority.issue({ names: ['other.test', 'IP:127.0.0.1'] })],
    ['self-signed', async () => authority.selfSigned([FAULT_DOMAIN])],
  ];

  it.each(PROBLEMS)('names a certificate that is %s, and shows it', async (problem, makePair) => {
    const { server, session, outcome } = await connect({ pair: await makePair() });
    expect(outcome).toEqual({
      ok: false,
      error: {
        code: 'certificate',
        problem,
        certificate: {
          fingerprint: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/) as string,
          subject: problem === 'wrong-host' ? 'other.test' : FAULT_DOMAIN,
          issuer: problem === 'self-signed' ? FAULT_DOMAIN : 'Archipel test authority',
          validFrom: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
          validTo: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
          names: problem === 'wrong-host' ? ['other.test', '127.0.0.1'] : [FAULT_DOMAIN],
        },
      },
    });
    expect(session.state.kind).toBe('failed');
    expect(server.stream.restarts).toBe(0);
  });

  it('names an authority that nobody trusts', async () => {
    const { outcome } = await connect({ options: { tls: {} } });
    expect(outcome).toMatchObject({ error: { code: 'certificate', problem: 'unknown-authority' } });
  });

  it('accepts a pinned certificate that nobody signed, and no other', async () => {
    const pair = await authority.selfSigned([FAULT_DOMAIN]);
    const first = await connect({ pair });
    const error = first.outcome.ok ? undefined : first.outcome.error;
    const pinnedFingerprint = error?.code === 'certificate' ? error.certificate.fingerprint : '';
    const pinned = await connect({ pair, options: { tls: { pinnedFingerprint } } });
    expect(pinned.session.facts?.isPinned).toBe(true);
    const trusted = { pinnedFingerprint, ca: authority.certificate };
    const changed = await connect({ options: { tls: trusted } });
    expect(changed.outcome).toMatchObject({
      error: { code: 'certificate', problem: 'pin-changed' },
    });
  });

  it('refuses versions of TLS that are out of use', async () => {
    const server = createTlsServer({
      key: good.key,
      cert: good.certificate,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const session = sessionOn(new FaultServer(), {
      endpoint: { host: '127.0.0.1', port, directTls: true },
      tls: { ca: authority.certificate },
    });
    expect(await session.connect()).toMatchObject({ error: { code: 'tls-failed' } });
    await session.disconnect();
    await new Promise((resolve) => server.close(resolve));
  });

  it('stops where STARTTLS was stripped', async () => {
    const { outcome, server } = await connect({ faults: { stripsStartTls: true } });
    expect(outcome).toEqual({ ok: false, error: { code: 'tls-not-offered' } });
    expect(server.serverNames).toEqual([]);
  });

  it('finds the server by its records, and goes on where one does not answer', async () => {
    const server = new FaultServer({}, good);
    const { port } = await server.listen();
    const closed = await freePort();
    const session = sessionOn(server, {
      endpoint: undefined as never,
      transport: undefined as never,
      tls: { ca: authority.certificate },
      resolver: {
        resolveSrv: async (name) => {
          if (name !== `_xmpp-client._tcp.${FAULT_DOMAIN}`) throw new Error('ENOTFOUND');
          return Promise.resolve([
            { name: '127.0.0.1', port, priority: 20, weight: 0 },
            { name: '127.0.0.1', port: closed, priority: 10, weight: 0 },
          ]);
        },
      },
    });
    expect((await session.connect()).ok).toBe(true);
    expect(session.facts?.port).toBe(port);
  });

  it('goes on to the next server of a domain where the first speaks no TLS', async () => {
    const server = new FaultServer({}, good);
    const { port } = await server.listen();
    const other = createServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.end('HTTP/1.1 400');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', () => resolve()));
    const wrong = (other.address() as AddressInfo).port;
    const session = sessionOn(server, {
      endpoint: undefined as never,
      transport: undefined as never,
      tls: { ca: authority.certificate },
      random: () => 0,
      resolver: {
        resolveSrv: async (name) => {
          const first = name.startsWith('_xmpps');
          const record = { name: '127.0.0.1', weight: 0 };
          return Promise.resolve([
            { ...record, port: first ? wrong : port, priority: first ? 1 : 2 },
          ]);
        },
      },
    });
    const online = new Promise<void>((resolve) => {
      session.on('stateChanged', ({ kind }) => {
        if (kind === 'online') resolve();
      });
    });
    expect(await session.connect()).toMatchObject({ error: { code: 'tls-failed' } });
    await online;
    expect(session.facts).toMatchObject({ port, directTls: false });
    await new Promise((resolve) => other.close(resolve));
  });

  it('tells a closed port from a host that does not exist', async () => {
    const port = await freePort();
    const closed = sessionOn(new FaultServer(), { endpoint: { host: '127.0.0.1', port } });
    expect(await closed.connect()).toEqual({
      ok: false,
      error: { code: 'host-unreachable', host: '127.0.0.1', port, detail: 'ECONNREFUSED' },
    });
    expect(closed.state.kind).toBe('waiting');
    const host = 'no-such-host.invalid';
    const unknown = sessionOn(new FaultServer(), { endpoint: { host, port } });
    expect(await unknown.connect()).toEqual({ ok: false, error: { code: 'host-not-found', host } });
  });

  it('gives up a server that takes the connection and says nothing', async () => {
    const server = createServer();
    const closed = new Promise((resolve) => {
      server.on('connection', (socket) =>
        socket.on('error', resolve).on('close', resolve).resume(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const endpoint = { host: '127.0.0.1', port, directTls: true };
    const session = sessionOn(new FaultServer(), { endpoint, stepTimeoutMs: 50 });
    expect(await session.connect()).toEqual({ ok: false, error: { code: 'no-answer' } });
    await closed;
    await session.disconnect();
    await new Promise((resolve) => server.close(resolve));
  });
});
