import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** The system's folders that libvirtd writes to, and where they lie below the test's own. */
const FOLDERS = {
  '/run': 'run',
  '/etc/libvirt': 'system/etc',
  '/var/lib/libvirt': 'system/lib',
  '/var/cache/libvirt': 'system/cache',
  '/var/log/libvirt': 'system/log',
} as const;

/** What a system's libvirtd looks up even if it does not use it; not every package makes them. */
const ACCOUNTS = {
  '/etc/passwd': ['libvirt-qemu:x:64055:64055::/:/bin/false'],
  '/etc/group': ['libvirt-qemu:x:64055:', 'kvm:x:64056:', 'libvirt:x:64057:'],
} as const;

export const NAMESPACE_PROGRAMS = ['unshare', 'nsenter', 'mount'] as const;

/** Whether namespaces can be made here; says in one line when not, or fails where skips are forbidden. */
export function requireNamespaces(group: string): boolean {
  const tried = spawnSync('unshare', ['--mount', '--net', 'true']);
  if (tried.status === 0) return true;
  const reason = `${group}: skipped, namespaces of one's own need root: ${String(tried.stderr).trim()}`;
  if (process.env['ARCHIPEL_REQUIRE'] === 'all') throw new Error(reason);
  console.warn(reason);
  return false;
}

/** Mounts and a network of our own, in which a libvirtd can be the system's without touching it. */
export class SystemNamespace {
  readonly #holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
  }

  static async start(directory: string): Promise<SystemNamespace> {
    const mounts: string[] = [];
    for (const [theirs, ours] of Object.entries(FOLDERS)) {
      const path = join(directory, ours);
      await mkdir(path, { recursive: true });
      mounts.push(`mkdir -p ${theirs}; mount --bind ${path} ${theirs}`);
    }
    for (const [theirs, lines] of Object.entries(ACCOUNTS)) {
      const path = join(directory, 'system', basename(theirs));
      await writeFile(path, await withMissing(theirs, lines));
      mounts.push(`mount --bind ${path} ${theirs}`);
    }
    // It lives as long as its input is open, so it ends with the test however that ends.
    const script = ['set -e', ...mounts, 'echo ready', 'exec cat'].join('\n');
    const args = ['--mount', '--net', '--propagation', 'private', 'sh', '-c', script];
    const holder = spawn('unshare', args, { stdio: ['pipe', 'pipe', 'inherit'] });
    await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
    if (holder.exitCode !== null) throw new Error(`No namespaces: ${holder.exitCode}`);
    const namespace = new SystemNamespace(holder);
    // All that lives in here is killed in the end; that must never be the machine.
    if (await namespace.holds(process.pid)) throw new Error('The network is not our own');
    return namespace;
  }

  /** The command as it runs in the namespaces, under the same process id. */
  wrap(command: readonly string[]): readonly string[] {
    const pid = String(this.#holder.pid);
    return ['nsenter', '--target', pid, '--mount', '--net', '--', ...command];
  }

  /** Whether a process, by its id, lives in here. */
  async holds(pid: number): Promise<boolean> {
    const network = (id: number): Promise<string> =>
      readlink(`/proc/${id}/ns/net`).catch(() => `gone: ${id}`);
    return (await network(pid)) === (await network(this.#holder.pid ?? 0));
  }

  stop(): void {
    this.#holder.kill();
  }
}

/** A file of accounts with those lines added whose name it does not have. */
async function withMissing(path: string, lines: readonly string[]): Promise<string> {
  const known = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const names = new Set(known.map((line) => line.split(':')[0]));
  const missing = lines.filter((line) => !names.has(line.split(':')[0]));
  return [...known, ...missing, ''].join('\n');
}
