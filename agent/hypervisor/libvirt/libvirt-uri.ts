import { err, ok, type Result } from '../../../core/lib/result.ts';
import { LIBVIRT_ERROR, type HypervisorError } from '../hypervisor-error.ts';
import { localError } from './remote-error.ts';

/** Where a daemon listens and what it is asked to open. */
export interface LibvirtUri {
  /** What the daemon is given, without the parts that only say how to reach it. */
  readonly name: string;
  /** Sockets to try, the best first. */
  readonly sockets: readonly string[];
  /** Where the daemon keeps what the processes of its domains write; undefined for drivers without. */
  readonly logDirectory?: string | undefined;
}

/** What the place of a session daemon's socket depends on. */
export interface SocketEnvironment {
  readonly isRoot: boolean;
  readonly runtimeDirectory: string | undefined;
  readonly cacheDirectory: string | undefined;
  readonly homeDirectory: string;
}

/** The daemon of each driver where every driver has a daemon of its own (https://libvirt.org/daemons.html). */
const MODULAR_DAEMONS: Readonly<Record<string, string>> = {
  bhyve: 'virtbhyved',
  ch: 'virtchd',
  lxc: 'virtlxcd',
  qemu: 'virtqemud',
  vbox: 'virtvboxd',
  vz: 'virtvzd',
  xen: 'virtxend',
};

const SYSTEM_DIRECTORY = '/run/libvirt';

/**
 * Reads a connection URI of https://libvirt.org/uri.html that leads to a daemon on this machine. The
 * parameters `socket` (the path of a socket) and `mode` (auto, legacy, direct) are as libvirt has them.
 */
export function parseLibvirtUri(
  text: string,
  environment: SocketEnvironment,
): Result<LibvirtUri, HypervisorError> {
  if (!URL.canParse(text)) return err(invalid(text, 'it is no URI'));
  const url = new URL(text);
  const [driver = '', transport = 'unix'] = url.protocol.slice(0, -1).split('+');
  if (transport !== 'unix' || url.host !== '') {
    return err(invalid(text, 'the agent drives only the hypervisor of its own machine'));
  }
  if (url.pathname === '') return err(invalid(text, 'it has no path, such as /system'));
  const socket = url.searchParams.get('socket');
  const mode = url.searchParams.get('mode') ?? 'auto';
  url.searchParams.delete('socket');
  url.searchParams.delete('mode');
  const query = url.searchParams.size > 0 ? `?${url.searchParams.toString()}` : '';
  const name = `${driver}://${url.pathname}${query}`;
  const logDirectory = logsOf(driver, url.pathname, environment);
  if (socket !== null) return ok({ name, sockets: [socket], logDirectory });
  const directory = socketDirectory(url.pathname, environment);
  const sockets = socketNames(driver, mode).map((one) => `${directory}/${one}`);
  return ok({ name, sockets, logDirectory });
}

function socketNames(driver: string, mode: string): readonly string[] {
  const modular = MODULAR_DAEMONS[driver];
  const direct = modular === undefined ? [] : [`${modular}-sock`];
  if (mode === 'direct') return direct;
  // A modular daemon goes before: where both exist, libvirt-sock is only a proxy to it.
  return mode === 'legacy' ? ['libvirt-sock'] : [...direct, 'libvirt-sock'];
}

function socketDirectory(path: string, environment: SocketEnvironment): string {
  const isSession = path === '/session' || (path !== '/system' && !environment.isRoot);
  if (!isSession) return SYSTEM_DIRECTORY;
  const { runtimeDirectory, homeDirectory } = environment;
  return `${runtimeDirectory ?? `${homeDirectory}/.cache`}/libvirt`;
}

/** Only QEMU's driver writes such files. */
function logsOf(driver: string, path: string, environment: SocketEnvironment): string | undefined {
  if (driver !== 'qemu') return undefined;
  if (path === '/system') return '/var/log/libvirt/qemu';
  if (path !== '/session') return undefined;
  const { cacheDirectory, homeDirectory } = environment;
  return `${cacheDirectory ?? `${homeDirectory}/.cache`}/libvirt/qemu/log`;
}

function invalid(text: string, why: string): HypervisorError {
  return localError(`${text} cannot be used: ${why}`, LIBVIRT_ERROR.invalidArgument);
}
