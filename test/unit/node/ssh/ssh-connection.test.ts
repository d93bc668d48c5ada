import { EventEmitter } from 'node:events';
import type { Client, ClientChannel } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { SshConnection } from '../../../../node/ssh/ssh-connection.ts';
import { ManualTime } from '../../../support/manual-time.ts';

type Done = (cause: Error | undefined, channel: ClientChannel) => void;

/** A host that takes what it is asked for, and answers when the test says so. */
function silentHost() {
  const clock = new ManualTime();
  const asked: Done[] = [];
  const take = (...given: readonly unknown[]): void => void asked.push(given.at(-1) as Done);
  const client: unknown = Object.assign(new EventEmitter(), { exec: take, forwardOut: take });
  // Nothing else of a client is used here.
  const connection = new SshConnection(
    client as Client,
    { writableLength: 0 },
    { address: 'hv1:22', user: 'ada' },
    clock,
  );
  return { clock, asked, connection };
}

function channel() {
  const made = { isDestroyed: false, destroy: () => void (made.isDestroyed = true) };
  return made;
}

describe('an SSH connection to a host that does not answer', () => {
  it.each(['run', 'tunnel'] as const)(
    'does not wait for ever for what it opens: %s',
    async (kind) => {
      const { clock, asked, connection } = silentHost();
      const opening =
        kind === 'run' ? connection.run('sh -s') : connection.tunnel('10.0.0.1', 5900);
      const outcome = expect(opening).rejects.toMatchObject({
        failure: { code: 'ssh-channel-refused', address: 'hv1:22', detail: 'no answer in 20 s' },
      });
      await clock.pass(20_000);
      await outcome;
      const late = channel();
      asked[0]?.(undefined, late as unknown as ClientChannel);
      expect(late.isDestroyed).toBe(true);
    },
  );

  it('keeps what was opened in time', async () => {
    const { clock, asked, connection } = silentHost();
    const opening = connection.run('sh -s');
    const opened = channel();
    asked[0]?.(undefined, opened as unknown as ClientChannel);
    await opening;
    await clock.pass(20_000);
    expect(opened.isDestroyed).toBe(false);
  });
});
