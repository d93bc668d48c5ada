import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeadlessRfb } from '../../../node/rfb/headless-rfb.ts';
import { reachWebSocket } from '../../../node/rfb/reach.ts';
import type { RfbTrust } from '../../../node/rfb/rfb-options.ts';
import { TestAuthority } from '../../support/certificates.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { failureOf, patience, viewTcp } from '../../support/viewers.ts';
import { freePort, listensAt, TestXvnc, XVNC_PROGRAMS } from '../../support/xvnc.ts';

const isReady = requirePrograms('Consoles of TigerVNC', [
  ...[...XVNC_PROGRAMS, 'openssl', 'websockify'],
]);

let directory: string;
let authority: TestAuthority;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'archipel-rfb-'));
  if (isReady) authority = await TestAuthority.create(directory);
});
afterAll(() => rm(directory, { recursive: true }));

const trusted = (serverName = 'localhost'): RfbTrust => ({
  serverName,
  ca: authority.certificate,
});

async function whileRuns(server: TestXvnc, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } finally {
    await server.stop();
  }
}

describe.skipIf(!isReady)('a console of TigerVNC', () => {
  it('without security shows its screen', async () => {
    const server = await TestXvnc.start({ security: 'None', geometry: '330x270' });
    await whileRuns(server, async () => {
      const viewer = await viewTcp(server.port);
      const picture = await viewer.takePicture();
      expect([viewer.security, picture.width, picture.height]).toEqual(['None', 330, 270]);
      expect(picture.rgba.length).toBe(330 * 270 * 4);
      viewer.close();
    });
  });

  it('serves two viewers at once, and one goes on when the other leaves', async () => {
    const server = await TestXvnc.start({ security: 'None', geometry: '64x48' });
    await whileRuns(server, async () => {
      const [first, second] = [await viewTcp(server.port), await viewTcp(server.port)];
      const pictures = await Promise.all([first.takePicture(), second.takePicture()]);
      expect(pictures.map(({ width }) => width)).toEqual([64, 64]);
      first.close();
      expect((await second.takePicture()).rgba).toEqual(pictures[1].rgba);
      second.close();
    });
  });

  it('with VncAuth lets in who knows the password, and tells who does not', async () => {
    const server = await TestXvnc.start({ security: 'VncAuth', password: 'secret78' });
    await whileRuns(server, async () => {
      // Only eight bytes count.
      const viewer = await viewTcp(server.port, { password: 'secret789' });
      expect(viewer.security).toBe('VncAuth');
      viewer.close();
      expect(await failureOf(viewTcp(server.port, { password: 'other' }))).toEqual({
        code: 'wrong-credentials',
        reason: 'Authentication failure',
        wantsUsername: false,
      });
    });
  });

  it('with VeNCrypt is verified by its certificate', async () => {
    const tls = await authority.issue({ names: ['localhost'] });
    const server = await TestXvnc.start({ security: 'X509None', tls });
    await whileRuns(server, async () => {
      const viewer = await viewTcp(server.port, {}, trusted());
      expect(viewer.security).toBe('VeNCrypt X509None');
      viewer.close();
      expect(await failureOf(viewTcp(server.port, {}, trusted('elsewhere')))).toMatchObject({
        code: 'certificate',
        problem: 'wrong-host',
      });
    });
  });

  it('with VeNCrypt and a password wants both', async () => {
    const tls = await authority.issue({ names: ['localhost'] });
    const server = await TestXvnc.start({ security: 'X509Vnc', tls, password: 'secret' });
    await whileRuns(server, async () => {
      const viewer = await viewTcp(server.port, { password: 'secret' }, trusted());
      expect(viewer.security).toBe('VeNCrypt X509Vnc');
      viewer.close();
      const wrong = failureOf(viewTcp(server.port, { password: 'wrong' }, trusted()));
      expect(await wrong).toMatchObject({ code: 'wrong-credentials' });
    });
  });

  it('with TLS that verifies nobody is refused by name', async () => {
    const server = await TestXvnc.start({ security: 'TLSNone' });
    await whileRuns(server, async () => {
      expect(await failureOf(viewTcp(server.port))).toEqual({
        code: 'unsupported-security',
        offered: ['VeNCrypt TLSNone'],
      });
    });
  });
});

describe.skipIf(!isReady)('a websocket proxy', () => {
  let server: TestXvnc;
  let proxy: ChildProcess;
  let endpoint: { host: string; port: number };
  beforeAll(async () => {
    server = await TestXvnc.start({ security: 'VncAuth', password: 'secret' });
    const pair = await authority.issue({ names: ['localhost'] });
    const pem = join(directory, 'proxy.pem');
    await writeFile(pem, `${pair.key}${pair.certificate}`);
    endpoint = { host: '127.0.0.1', port: await freePort() };
    // As the original agent runs it: plain and encrypted on the same port.
    const ports = [`127.0.0.1:${endpoint.port}`, `127.0.0.1:${server.port}`];
    proxy = spawn('websockify', ['--cert', pem, ...ports], { stdio: 'ignore' });
    await waitFor('websockify', 20_000, () => listensAt(endpoint.port));
  });
  afterAll(async () => {
    const exit = new Promise((done) => proxy.once('exit', done));
    proxy.kill('SIGKILL');
    await exit;
    await server.stop();
  });

  async function viewThrough(trust: RfbTrust | undefined): Promise<HeadlessRfb> {
    const duplex = await reachWebSocket(endpoint, trust, patience);
    const own = { serverName: 'localhost' };
    return HeadlessRfb.open(duplex, { credentials: { password: 'secret' }, trust: trust ?? own });
  }

  it('leads to a console without TLS and, on the same port, with it', async () => {
    for (const trust of [undefined, trusted()]) {
      const viewer = await viewThrough(trust);
      const { width, height } = await viewer.takePicture();
      expect([viewer.security, width, height]).toEqual(['VncAuth', 640, 480]);
      viewer.close();
    }
  });

  it('is told nothing while its certificate is not trusted', async () => {
    expect(await failureOf(viewThrough({ serverName: 'localhost' }))).toMatchObject({
      code: 'certificate',
      problem: 'unknown-authority',
    });
  });

  it('is told from a display that is none', async () => {
    const direct = { host: '127.0.0.1', port: server.port };
    const impatient = { ...patience, timeoutMs: 2_000 };
    expect(await failureOf(reachWebSocket(direct, undefined, impatient))).toMatchObject({
      code: 'websocket-refused',
    });
    expect(await failureOf(reachWebSocket({ ...direct, port: 1 }, undefined, patience))).toEqual({
      code: 'unreachable',
      address: '127.0.0.1:1',
      detail: 'ECONNREFUSED',
    });
  });
});
