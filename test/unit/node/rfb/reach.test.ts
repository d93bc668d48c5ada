import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { duplexPair } from '../../../../demo/server/duplex-pair.ts';
import { webSocketOver } from '../../../../node/rfb/reach.ts';
import { ManualTime } from '../../../support/manual-time.ts';

const patience = { timeoutMs: 1000, signal: new AbortController().signal };

/** A proxy that is reached already, and what it is asked. */
function reached(host: string) {
  const duplex = new PassThrough();
  const clock = new ManualTime();
  const opening = webSocketOver(duplex, { host, port: 6900 }, undefined, { clock, ...patience });
  return { duplex, opening };
}

/** RFC 6455 section 1.3. */
const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** What a proxy says to a request, with the first words of its display right behind. */
function acceptance(request: string, firstWords: string): Buffer {
  const key = /^sec-websocket-key: (.+)\r$/imu.exec(request)?.[1] ?? '';
  const accept = createHash('sha1').update(`${key}${WEBSOCKET_GUID}`).digest('base64');
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    'Sec-WebSocket-Protocol: binary',
  ];
  const frame = Buffer.concat([Buffer.of(0x82, firstWords.length), Buffer.from(firstWords)]);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), frame]);
}

describe('a WebSocket over a connection that stands', () => {
  it('loses nothing that comes with the answer which opens it', async () => {
    const [near, far] = duplexPair();
    const endpoint = { host: 'hv1', port: 6900 };
    const clock = new ManualTime();
    const opening = webSocketOver(near, endpoint, undefined, { clock, ...patience });
    const [request] = (await once(far, 'data')) as [Buffer];
    far.write(acceptance(request.toString(), 'RFB 003.008\n'));
    const opened = await opening;
    const [words] = (await once(opened, 'data')) as [Buffer];
    expect(words.toString()).toBe('RFB 003.008\n');
    opened.destroy();
    far.destroy();
  });

  it('is said to lead nowhere where an agent names what is no host, and is left', async () => {
    const { duplex, opening } = reached('hv1 ^ 2');
    await expect(opening).rejects.toMatchObject({
      failure: { code: 'host-not-found', host: 'hv1 ^ 2' },
    });
    expect(duplex.destroyed).toBe(true);
  });

  it('is asked for at an address of a network that this computer names', async () => {
    const { duplex, opening } = reached('fe80::1%eth0');
    const [asked] = await new Promise<[Buffer]>((resolve) =>
      duplex.once('data', (chunk: Buffer) => resolve([chunk])),
    );
    expect(asked.toString()).toContain('Host: [fe80::1]:6900');
    duplex.destroy();
    await expect(opening).rejects.toMatchObject({ failure: { code: 'websocket-refused' } });
  });
});
