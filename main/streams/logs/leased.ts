import type { FollowedConnection } from '../../../client/logs/log-follower.ts';
import type { SshLease } from '../ssh/ssh-pool.ts';

type Channel = Awaited<ReturnType<FollowedConnection['run']>>;

/** A shared connection for one follower: when it closes it, only its own commands end. */
export function leased(lease: SshLease): FollowedConnection {
  const { connection } = lease;
  const channels = new Set<Channel>();
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
      channels.add(channel);
      channel.once('close', () => channels.delete(channel));
      return channel;
    },
    close: async () => {
      for (const channel of channels) channel.destroy();
      leave('');
      lease.release();
    },
  };
}
