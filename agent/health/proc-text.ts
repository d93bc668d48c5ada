import type { Traffic } from './reading.ts';

/** The counters of the aggregate CPU line of /proc/stat that count: user, nice, system and idle. */
export interface CpuCounters {
  readonly idle: number;
  readonly total: number;
}

/** Reads /proc/stat. */
export function readCpu(stat: string): CpuCounters {
  const line = /^cpu\s+(.*)$/mu.exec(stat)?.[1] ?? '';
  const [user = 0, nice = 0, system = 0, idle = 0] = line.split(/\s+/u).map(Number);
  return { idle, total: user + nice + system + idle };
}

/** Reads /proc/meminfo; all in KiB. */
export function readMemory(meminfo: string) {
  const kib = (name: string): number => {
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(meminfo)?.[1] ?? 0);
  };
  const totalKib = kib('MemTotal');
  const freeKib = kib('MemFree') + kib('Buffers') + kib('Cached');
  const swappedKib = kib('SwapTotal') - kib('SwapFree');
  return { totalKib, freeKib, usedKib: totalKib - freeKib, swappedKib };
}

/** What went through each network device but the loopback, of /proc/net/dev. */
export function readTraffic(dev: string): ReadonlyMap<string, Traffic> {
  const lines = dev.split('\n').flatMap((line): [string, Traffic][] => {
    const [, name = '', counters = ''] = /^\s*([^\s:]+):\s*(.*)$/u.exec(line) ?? [];
    if (name === '' || name === 'lo') return [];
    const numbers = counters.trim().split(/\s+/u).map(Number);
    return [[name, { receivedBytes: numbers[0] ?? 0, sentBytes: numbers[8] ?? 0 }]];
  });
  return new Map(lines);
}

/** Reads /proc/loadavg. */
export function readLoad(loadavg: string) {
  const [one = 0, five = 0, fifteen = 0] = loadavg.trim().split(/\s+/u).map(Number);
  return { one, five, fifteen };
}

/** Days and hours since the machine started, of /proc/uptime. */
export function readUptime(uptime: string): string {
  const hours = Math.floor(Number(uptime.split(/\s+/u)[0] ?? 0) / 3600);
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

export interface Mount {
  readonly device: string;
  readonly mount: string;
  /** Who has the files, where that is another computer or a program: it may never answer. */
  readonly server?: string;
}

const WITHOUT_DISK: ReadonlySet<string> = new Set(['autofs', 'devfs', 'devtmpfs', 'tmpfs']);

const SERVED = /^(?:9p|afs|beegfs|ceph|cifs|fuse|gpfs|lustre|nfs|smb)/u;

/** The computer of `host:/path` or `//host/share`; else all that is named. */
function serverOf(device: string, kind: string): { readonly server?: string } {
  if (!SERVED.test(kind)) return {};
  return { server: /^(?:\/\/([^/]+)|(.+?):\/)/u.exec(device)?.slice(1).find(Boolean) ?? device };
}

/** What /proc/mounts tells, sorted by mount point, each device and place once. */
export function readMounts(mounts: string): readonly Mount[] {
  const devices = new Set<string>();
  const places = new Map<string, Mount>();
  for (const line of mounts.split('\n')) {
    const [device = '', place = '', kind = ''] = line.split(' ');
    if (place === '' || WITHOUT_DISK.has(kind) || devices.has(device) || places.has(place))
      continue;
    devices.add(device);
    const mount = place.replaceAll(/\\([0-7]{3})/gu, (_all, octal: string) => {
      return String.fromCharCode(Number.parseInt(octal, 8));
    });
    places.set(place, { device, mount, ...serverOf(device, kind) });
  }
  return [...places.values()].sort((left, right) => (left.mount < right.mount ? -1 : 1));
}

/** Whether a CPU of /proc/cpuinfo helps virtualisation. */
export function readVirtualisation(cpuinfo: string): boolean {
  return /^flags\s*:.*\b(?:vmx|svm)\b/mu.test(cpuinfo);
}
