import type { FollowedConnection } from '../../../client/logs/log-follower.ts';
import { SshFailureError } from '../../../node/ssh/ssh-failure-error.ts';
import type { SshLease } from '../ssh/ssh-pool.ts';

type Channel = Awaited<ReturnType<FollowedConnection['run']>>;

/** A shared connection for one follower: when it closes it, only its own commands end. */
export function leased(lease: SshLease): FollowedConnection {
  const { connection } = lease;
  const channels = new Set<Channel>();
  let isLeft = false;
  let leave: (why: string) => void = () => undefined;
  const closed = new Promise<string>((resolve) => {
    leave = resolve;
    void connection.closed.then(resolve);
  });
  return {
    address: connection.address,
    closed,
    run: async (command) => {
      const channel = await connection.run(command);
      // Others keep the connection: what begins too late would run on for ever.
      if (isLeft) {
        channel.destroy();
        throw new SshFailureError({ code: 'cancelled' });
      }
      channels.add(channel);
      channel.once('close', () => channels.delete(channel));
      return channel;
    },
    close: async () => {
      isLeft = true;
      for (const channel of channels) channel.destroy();
      leave('');
      lease.release();
    },
  };
}
