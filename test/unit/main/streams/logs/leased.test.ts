import { EventEmitter } from 'node:events';
import type { ClientChannel } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { leased } from '../../../../../main/streams/logs/leased.ts';
import type { SshLease } from '../../../../../main/streams/ssh/ssh-pool.ts';
import { settled } from '../../../../support/manual-time.ts';

class FakeChannel extends EventEmitter {
  isDestroyed = false;

  destroy(): void {
    this.isDestroyed = true;
    this.emit('close');
  }
}

/** A shared connection, the commands that were begun on it, and how often it was given back. */
function shared() {
  const begun: ((channel: ClientChannel) => void)[] = [];
  const state = { releases: 0 };
  let end: (why: string) => void = () => undefined;
  const closed = new Promise<string>((resolve) => (end = resolve));
  const connection: unknown = {
    address: 'atoll-01:22',
    closed,
    run: () => new Promise<ClientChannel>((resolve) => begun.push(resolve)),
  };
  // Nothing but these three is used of a connection.
  const lease = { connection, release: () => (state.releases += 1) } as unknown as SshLease;
  const answer = (at: number): FakeChannel => {
    const channel: unknown = new FakeChannel();
    begun[at]?.(channel as ClientChannel);
    return channel as FakeChannel;
  };
  return { lease, state, answer, end };
}

describe('a shared connection of one follower', () => {
  it('ends its own commands when it closes, and is given back', async () => {
    const { lease, state, answer } = shared();
    const [one, other] = [leased(lease), leased(lease)];
    const runs = [one.run('tail'), other.run('tail')];
    const channels = [answer(0), answer(1)];
    await Promise.all(runs);
    await one.close();
    expect(channels.map(({ isDestroyed }) => isDestroyed)).toEqual([true, false]);
    expect(state.releases).toBe(1);
    expect(await one.closed).toBe('');
  });

  it('ends no command that has ended already', async () => {
    const { lease, answer } = shared();
    const one = leased(lease);
    const run = one.run('tail');
    const channel = answer(0);
    await run;
    channel.emit('close');
    await one.close();
    expect(channel.isDestroyed).toBe(false);
  });

  it('ends a command that begins only after it was closed', async () => {
    const { lease, answer } = shared();
    const one = leased(lease);
    const run = one.run('tail').catch((cause: unknown) => cause);
    await one.close();
    const channel = answer(0);
    expect(await run).toMatchObject({ failure: { code: 'cancelled' } });
    expect(channel.isDestroyed).toBe(true);
  });

  it('closes with the connection, in its words', async () => {
    const { lease, end } = shared();
    const one = leased(lease);
    end('read ECONNRESET');
    expect(await one.closed).toBe('read ECONNRESET');
  });

  it('stays open for others that use it', async () => {
    const { lease } = shared();
    const [one, other] = [leased(lease), leased(lease)];
    let isOver = false;
    void other.closed.then(() => (isOver = true));
    await one.close();
    await settled();
    expect(isOver).toBe(false);
  });
});
