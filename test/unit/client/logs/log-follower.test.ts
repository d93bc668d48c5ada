import { PassThrough } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { expect, it } from 'vitest';
import { LogFollower, type FollowedConnection } from '../../../../client/logs/log-follower.ts';
import { ManualTime } from '../../../support/manual-time.ts';

/** A host whose file is each time another than it was when it is looked at again. */
function restlessHost(): FollowedConnection {
  const channel = Object.assign(new PassThrough(), { stderr: new PassThrough() });
  const write = (script: string): boolean => {
    const nonce = /[0-9a-f]{32}/u.exec(script)?.[0] ?? '';
    const at = (reason: string): string => `\0${nonce} at 7 0 ${reason}\n`;
    channel.push(`${at('gap')}as it was\n${at('resumed')}quite another\n`);
    return true;
  };
  // Of a channel nothing else is used.
  const given: unknown = Object.assign(channel, { write });
  return {
    address: 'hv1:22',
    closed: Promise.resolve(''),
    run: async () => given as ClientChannel,
    close: async () => undefined,
  };
}

it('waits longer and longer before it looks at a file anew that never stays as it was', async () => {
  const clock = new ManualTime();
  const connectedAt: number[] = [];
  const follower = new LogFollower({
    file: '/var/log/archipel/archipel.log',
    from: { kind: 'beginning' },
    connect: async () => {
      connectedAt.push(clock.now());
      if (connectedAt.length === 50) follower.stop();
      return restlessHost();
    },
    listener: {
      lines: () => undefined,
      gap: () => undefined,
      caughtUp: () => undefined,
      state: () => undefined,
      skew: () => undefined,
    },
    clock,
    backoffMs: (attempt) => 1000 * (attempt + 1),
  });
  const running = follower.run();
  const begun = clock.now();
  await clock.pass(6000);
  follower.stop();
  await running;
  // At once after the first time; then after one second, two and three.
  expect(connectedAt.map((at) => at - begun)).toEqual([0, 0, 1000, 3000, 6000]);
});
