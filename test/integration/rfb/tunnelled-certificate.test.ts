import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reachByWays, type RfbWay, type Tunnel } from '../../../node/rfb/reach-ways.ts';
import { TestAuthority } from '../../support/certificates.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { failureOf, patience } from '../../support/viewers.ts';

const isReady = requirePrograms('A certificate behind a tunnel', ['openssl']);
const tunnel: Tunnel = async (host, port) => connect(port, host);

describe.runIf(isReady)('a certificate before a screen', () => {
  let directory: string;
  let server: Server;
  let way: RfbWay;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'archipel-tunnelled-'));
    const authority = await TestAuthority.create(directory);
    const { key, certificate: cert } = await authority.selfSigned(['hypervisor']);
    server = createServer({ key, cert }, (socket) => socket.on('error', () => socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    way = { kind: 'websocket', host: '127.0.0.1', port, isTls: true };
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(directory, { recursive: true });
  });

  const refused = (isThroughSsh: boolean): Promise<unknown> =>
    failureOf(reachByWays([{ ...way, isThroughSsh }], patience, tunnel));

  it('is told with whether the place that showed it is seen through SSH', async () => {
    const shown = {
      ...{ code: 'certificate', problem: 'self-signed', host: '127.0.0.1', isProxy: true },
    };
    expect(await refused(true)).toMatchObject({ ...shown, isThroughSsh: true });
    expect(await refused(false)).toMatchObject(shown);
    expect(await refused(false)).not.toHaveProperty('isThroughSsh');
  });
});
