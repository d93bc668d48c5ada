import { SshUser } from '../test/support/ssh-user.ts';
import type { Bench, Figure } from './measuring/bench.ts';
import { bareSocket, type ConsolePath, ourRelay, websockify } from './measuring/console-paths.ts';
import { ScreenFlood } from './measuring/screen-flood.ts';

const WARM_BYTES = 67_108_864;
const BYTES = 536_870_912;

async function speedOf(opening: Promise<ConsolePath>): Promise<number> {
  const { viewer, stop } = await opening;
  await viewer.speed(WARM_BYTES);
  const speed = await viewer.speed(BYTES);
  await stop();
  return speed;
}

async function measure(): Promise<readonly Figure[]> {
  const flood = await ScreenFlood.start();
  const user = await SshUser.create();
  try {
    const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
    const host = {
      ...{ host: '127.0.0.1', port: user.host.port, user: user.host.user },
      pinnedKey: user.host.fingerprint,
    };
    const floor = await speedOf(bareSocket(flood.port));
    const peer = await speedOf(websockify(flood.port));
    const plain = await speedOf(ourRelay(flood.port, connector));
    const tunnelled = await speedOf(ourRelay(flood.port, connector, host));
    const unit = 'MB/s' as const;
    const theirs = { name: 'websockify', value: peer };
    return [
      { name: 'console.tunnel', value: plain, unit, peer: theirs },
      {
        ...{ name: 'console.tunnel-of-floor', value: plain, unit },
        peer: { name: 'a bare socket', value: floor },
      },
      { name: 'console.tunnel-ssh', value: tunnelled, unit, peer: theirs },
    ];
  } finally {
    await user.remove();
    await flood.stop();
  }
}

/** How much of a screen comes through our relay in a second, plain and through SSH. */
export const consoleTunnel: Bench = { name: 'console.tunnel', runs: 3, run: measure };
