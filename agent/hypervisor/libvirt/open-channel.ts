import { connect, type Socket } from 'node:net';
import { err, ok, type Result } from '../../../core/lib/result.ts';
import { LIBVIRT_ERROR, type HypervisorError, type HypervisorReply } from '../hypervisor-error.ts';
import type { LibvirtUri } from './libvirt-uri.ts';
import { localError } from './remote-error.ts';
import { RpcChannel, type RpcChannelOptions } from './rpc-channel.ts';

const AUTH = { none: 0, polkit: 2 } as const;

/** The daemon's word for "I take part in keep-alive" (VIR_DRV_FEATURE_PROGRAM_KEEPALIVE). */
const KEEP_ALIVE_FEATURE = 10;

export interface OpenOptions {
  /** How long the daemon may take to let us in. */
  readonly openTimeoutMs: number;
  /** Ends the connection, at whatever point it is. */
  readonly signal: AbortSignal;
}

/** Connects to the daemon of a URI, proves who we are, and opens the driver. */
export async function openChannel(
  uri: LibvirtUri,
  { openTimeoutMs, signal }: OpenOptions,
  options: RpcChannelOptions,
): HypervisorReply<RpcChannel> {
  const socket = await connectFirst(uri.sockets);
  if (!socket.ok) return socket;
  const end = (): void => channel.close('The agent closed the connection');
  const channel = new RpcChannel(socket.value, {
    ...options,
    onClosed: (error) => {
      signal.removeEventListener('abort', end);
      options.onClosed(error);
    },
  });
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  const cancel = options.clock.after(openTimeoutMs, () =>
    channel.close(`The hypervisor daemon did not answer for ${openTimeoutMs} ms`),
  );
  const opened = await open(channel, uri.name);
  cancel();
  if (opened.ok) return ok(channel);
  channel.close(opened.error.message);
  return opened;
}

async function open(channel: RpcChannel, name: string): HypervisorReply<void> {
  const authenticated = await authenticate(channel);
  if (!authenticated.ok) return authenticated;
  const keepAlive = await channel.call('connectSupportsFeature', { feature: KEEP_ALIVE_FEATURE });
  if (keepAlive.ok && keepAlive.value.supported !== 0) channel.watch();
  return channel.call('connectOpen', { name, flags: 0 });
}

async function authenticate(channel: RpcChannel): HypervisorReply<void> {
  const offered = await channel.call('authList', undefined);
  if (!offered.ok) return offered;
  const { kinds } = offered.value;
  if (kinds.includes(AUTH.none)) return ok(undefined);
  if (!kinds.includes(AUTH.polkit)) {
    return err(
      refusal(
        'libvirt wants a name and password (SASL), which the agent does not have.',
        'authUnavailable',
      ),
    );
  }
  const allowed = await channel.call('authPolkit', undefined);
  if (allowed.ok) return ok(undefined);
  if (allowed.error.code === 'disconnected') return allowed;
  return err(
    refusal(
      `polkit does not let the agent manage libvirt (${allowed.error.message}). ` +
        'Run the agent as root, or add its user to the group libvirt.',
      'authFailed',
    ),
  );
}

function refusal(message: string, number: 'authFailed' | 'authUnavailable'): HypervisorError {
  return localError(message, LIBVIRT_ERROR[number]);
}

async function connectFirst(paths: readonly string[]): Promise<Result<Socket, HypervisorError>> {
  const failures: string[] = [];
  for (const path of paths) {
    const socket = await connectSocket(path);
    if (socket.ok) return socket;
    failures.push(socket.error);
  }
  return err({ code: 'disconnected', message: failures.join('; ') });
}

function connectSocket(path: string): Promise<Result<Socket, string>> {
  return new Promise((settle) => {
    const socket = connect(path);
    const fail = (cause: NodeJS.ErrnoException): void => settle(err(describe(path, cause)));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      settle(ok(socket));
    });
  });
}

function describe(path: string, cause: NodeJS.ErrnoException): string {
  switch (cause.code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
      return `No hypervisor daemon listens at ${path}`;
    case 'EACCES':
      return `The agent's user may not use ${path}: run the agent as root, or add its user to the group libvirt`;
    default:
      return `${path}: ${cause.message}`;
  }
}
