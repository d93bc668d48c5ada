import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VENCRYPT, writeSecurityFailure } from '../../../core/rfb/handshake.ts';
import { u32 } from '../../../core/rfb/integers.ts';
import { PIXEL_FORMAT_32 } from '../../../core/rfb/pixel-format.ts';
import { writeServerInit } from '../../../core/rfb/server-init.ts';
import { openRfb } from '../../../node/rfb/open-rfb.ts';
import type { RfbCredentials } from '../../../node/rfb/rfb-options.ts';
import { RfbReader } from '../../../node/rfb/rfb-reader.ts';
import { type KeyPair, TestAuthority } from '../../support/certificates.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { ScriptedRfb } from '../../support/scripted-rfb.ts';
import { NAMESPACE_PROGRAMS, requireNamespaces } from '../../support/system-namespace.ts';
import { failureOf, patience, viewTcp } from '../../support/viewers.ts';
import { TestXvnc, XVNC_PROGRAMS } from '../../support/xvnc.ts';

const isReady = requirePrograms('VeNCrypt Plain', ['openssl']);
const PAM = 'VeNCrypt Plain with PAM';
const hasPam =
  requirePrograms(PAM, [...XVNC_PROGRAMS, ...NAMESPACE_PROGRAMS]) && requireNamespaces(PAM);
const SECRET = 'geheim, länger als acht';

let directory: string;
let authority: TestAuthority;
let tls: KeyPair;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'archipel-vencrypt-'));
  if (!isReady) return;
  authority = await TestAuthority.create(directory);
  tls = await authority.issue({ names: ['localhost'] });
});
afterAll(() => rm(directory, { recursive: true }));

/** Both ends of a connection on the loopback. */
async function socketPair(): Promise<readonly [near: Socket, far: Socket]> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const near = connect((listener.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await once(listener, 'connection')) as [Socket];
  listener.close();
  return [near, far];
}

/** A server that offers these subtypes of VeNCrypt, and what the viewer says of itself under TLS. */
async function serve(
  credentials: RfbCredentials,
  offered: readonly number[],
  serverName = 'localhost',
) {
  const server = new ScriptedRfb(await socketPair());
  const trust = { serverName, ca: authority.certificate };
  const opened = openRfb(server.near, { credentials, trust });
  const upToTls = async (): Promise<number> => {
    server.say('RFB 003.008\n');
    await server.hear(12);
    server.say([1, 19]);
    await server.hear(1);
    server.say([0, 2]);
    await server.hear(2);
    server.say([0, offered.length], ...offered.map(u32));
    const chosen = (await server.hear(4)).readUInt32BE();
    server.say([1]);
    return chosen;
  };
  const secured = () => {
    const { key, certificate: cert } = tls;
    const socket = new TLSSocket(server.far, { isServer: true, key, cert });
    socket.on('error', () => socket.destroy());
    return { socket, reader: new RfbReader(socket, patience) };
  };
  return { opened, upToTls, secured };
}

/** The name and the password that a viewer says, each with its length before them. */
async function saidTo(reader: RfbReader): Promise<readonly string[]> {
  const lengths = await reader.take(8, 'authentication');
  const name = await reader.take(lengths.readUInt32BE(0), 'authentication');
  const password = await reader.take(lengths.readUInt32BE(4), 'authentication');
  return [name.toString('utf8'), password.toString('utf8')];
}

const ada = { username: 'ada', password: SECRET };

describe.runIf(isReady && hasPam)('VeNCrypt X509Plain of TigerVNC', () => {
  let server: TestXvnc;
  beforeAll(async () => {
    const user = { name: 'ada', password: SECRET };
    server = await TestXvnc.start({ security: 'X509Plain', tls, user, geometry: '80x60' });
  });
  afterAll(() => server.stop());

  const view = (credentials: RfbCredentials, serverName = 'localhost') =>
    viewTcp(server.port, credentials, { serverName, ca: authority.certificate });

  it('lets in whom PAM knows, by a password that is long and not ASCII', async () => {
    const viewer = await view(ada);
    const { width, height } = await viewer.takePicture();
    expect([viewer.security, width, height]).toEqual(['VeNCrypt X509Plain', 80, 60]);
    viewer.close();
  });

  it.each<[RfbCredentials, unknown]>([
    [
      { ...ada, password: 'falsch' },
      { code: 'wrong-credentials', wantsUsername: true },
    ],
    [
      { ...ada, username: 'eve' },
      { code: 'wrong-credentials', wantsUsername: true },
    ],
    [{ password: SECRET }, { code: 'credentials-needed', wantsUsername: true }],
  ])('lets nobody in with %j', async (credentials, failure) => {
    expect(await failureOf(view(credentials))).toMatchObject(failure as object);
  });

  it('is told nothing under another name than its certificate has', async () => {
    expect(await failureOf(view(ada, 'elsewhere'))).toMatchObject({
      code: 'certificate',
      problem: 'wrong-host',
    });
  });
});

describe.runIf(isReady)('VeNCrypt X509Plain', () => {
  it('tells name and password whole, under TLS, and lets in', async () => {
    const { opened, upToTls, secured } = await serve(ada, [VENCRYPT.x509Vnc, VENCRYPT.x509Plain]);
    // With a name it is preferred to a password of eight bytes.
    expect(await upToTls()).toBe(VENCRYPT.x509Plain);
    const { socket, reader } = secured();
    expect(await saidTo(reader)).toEqual(['ada', SECRET]);
    socket.write(Uint8Array.from(u32(0)));
    await reader.take(1, 'initialisation');
    const name = Buffer.from('plain');
    socket.write(writeServerInit({ width: 8, height: 4, format: PIXEL_FORMAT_32, name }));
    const { security, init, certificate, duplex } = await opened;
    expect([security, init.width, init.height]).toEqual(['VeNCrypt X509Plain', 8, 4]);
    expect(certificate).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/u);
    duplex.destroy();
  });

  it('says that they are wrong, in the server’s words', async () => {
    const { opened, upToTls, secured } = await serve(ada, [VENCRYPT.x509Plain]);
    const failed = failureOf(opened);
    await upToTls();
    const { socket, reader } = secured();
    await saidTo(reader);
    socket.write(writeSecurityFailure('Not ada'));
    expect(await failed).toEqual({
      ...{ code: 'wrong-credentials', reason: 'Not ada', wantsUsername: true },
    });
  });

  it.each<RfbCredentials>([{}, { password: SECRET }, { username: 'ada' }])(
    'asks for both where only %j is known',
    async (credentials) => {
      const { opened, upToTls, secured } = await serve(credentials, [VENCRYPT.x509Plain]);
      const failed = failureOf(opened);
      expect(await upToTls()).toBe(VENCRYPT.x509Plain);
      secured();
      expect(await failed).toEqual({ code: 'credentials-needed', wantsUsername: true });
    },
  );

  it('tells nothing to a server whose certificate is not trusted', async () => {
    const { opened, upToTls, secured } = await serve(ada, [VENCRYPT.x509Plain], 'elsewhere');
    const failed = failureOf(opened);
    await upToTls();
    const { reader } = secured();
    expect(await failed).toMatchObject({ code: 'certificate', problem: 'wrong-host' });
    expect(await failureOf(reader.take(1, 'authentication'))).toEqual({
      code: 'closed-early',
      phase: 'authentication',
    });
  });
});
