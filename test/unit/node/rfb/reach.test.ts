import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
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

describe('a WebSocket over a connection that stands', () => {
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
