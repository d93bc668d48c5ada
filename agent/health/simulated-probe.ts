import type { Clock } from '../../node/xmpp/clock.ts';
import type { NodeInfo } from '../hypervisor/hypervisor.ts';
import { Curve } from '../hypervisor/simulated/curve.ts';
import { seededRandom } from '../hypervisor/simulated/random.ts';
import type { DomainStatistics } from '../hypervisor/statistics.ts';
import { grown, type HostProbe, type HostReading } from './reading.ts';
import { rounded } from './samples.ts';

export interface SimulatedProbeOptions {
  readonly node: NodeInfo;
  readonly seed: number;
  readonly clock: Clock;
}

type Guests = ReadonlyMap<string, DomainStatistics>;

const GIB = 1024 ** 3;
const DISK_BYTES = 960 * GIB;
const HOUR_MS = 3_600_000;
/** What the host itself needs: of its memory, and of all its processors. */
const OWN_MEMORY_SHARE = 0.04;
const OWN_CPU_SHARE = 0.015;
/** Of the traffic of its guests, what goes over the bridge between them. */
const BRIDGE_SHARE = 0.2;

/** A simulated host: it uses what its guests use, and a little of its own. */
export class SimulatedProbe implements HostProbe {
  readonly #options: SimulatedProbeOptions;
  readonly #curve: Curve;
  readonly #bootedAtMs: number;
  readonly #diskShare: number;
  #last: { readonly atMs: number; readonly guests: Guests } | undefined;
  #cpu = { idle: 0, total: 0 };
  #busyShare = OWN_CPU_SHARE;
  #traffic = { receivedBytes: 0, sentBytes: 0 };

  constructor(options: SimulatedProbeOptions) {
    const random = seededRandom(options.seed);
    this.#options = options;
    this.#curve = new Curve(random);
    this.#bootedAtMs = options.clock.now() - Math.floor(200 + 2000 * random()) * HOUR_MS;
    this.#diskShare = 0.2 + 0.4 * random();
  }

  async read(asked: Promise<Guests>): Promise<HostReading> {
    const { clock, node } = this.#options;
    const guests = await asked;
    this.#advance(clock.now(), guests);
    const upHours = Math.floor((clock.now() - this.#bootedAtMs) / HOUR_MS);
    const { receivedBytes, sentBytes } = this.#traffic;
    const busyCpus = this.#busyShare * node.cpus;
    return {
      cpu: this.#cpu,
      memory: this.#memory(guests),
      load: {
        one: rounded(busyCpus),
        five: rounded(busyCpus * 0.95),
        fifteen: rounded(busyCpus * 0.9),
      },
      networks: new Map([
        ['eno1', { receivedBytes, sentBytes }],
        [
          'virbr0',
          {
            receivedBytes: Math.round(receivedBytes * BRIDGE_SHARE),
            sentBytes: Math.round(sentBytes * BRIDGE_SHARE),
          },
        ],
      ]),
      disk: this.#disk(),
      uptime: { text: `${Math.floor(upHours / 24)}d ${upHours % 24}h` },
      system: {
        kernelName: 'Linux',
        kernelRelease: '6.1.0-28-amd64',
        machine: 'x86_64',
        system: 'GNU/Linux',
      },
      capabilities: { virtualisation: true },
    };
  }

  /** Simulated guests are no processes; their hypervisor tells since when they run. */
  async startsOf(): Promise<ReadonlyMap<string, number>> {
    return new Map();
  }

  /** Lets the counters grow by what the guests used since the last look. */
  #advance(nowMs: number, guests: Guests): void {
    const last = this.#last;
    this.#last = { atMs: nowMs, guests };
    const passedMs = last === undefined ? 0 : nowMs - last.atMs;
    if (last === undefined || passedMs <= 0) return;
    let [usedMs, received, sent] = [0, 0, 0];
    for (const [uuid, guest] of guests) {
      const before = last.guests.get(uuid);
      if (!before) continue;
      usedMs += grown(cpuMs(before), cpuMs(guest));
      received += grown(bytesInto(before), bytesInto(guest));
      sent += grown(bytesOutOf(before), bytesOutOf(guest));
    }
    const total = passedMs * this.#options.node.cpus;
    const own = OWN_CPU_SHARE * this.#curve.at(nowMs / 1000);
    this.#busyShare = Math.min(1, own + usedMs / total);
    this.#cpu = {
      idle: this.#cpu.idle + total * (1 - this.#busyShare),
      total: this.#cpu.total + total,
    };
    this.#traffic = {
      receivedBytes: this.#traffic.receivedBytes + received,
      sentBytes: this.#traffic.sentBytes + sent,
    };
  }

  #memory(guests: Guests): HostReading['memory'] {
    const totalKib = this.#options.node.memoryKiB;
    const guestsKib = [...guests.values()].reduce((sum, { balloon }) => {
      return sum + (balloon?.residentKiB ?? balloon?.currentKiB ?? 0);
    }, 0);
    const usedKib = Math.min(totalKib, Math.round(totalKib * OWN_MEMORY_SHARE + guestsKib));
    // Guests of one system have much in common; same-page merging finds a little of it.
    const sharedKib = Math.round(guestsKib * 0.03);
    return { totalKib, usedKib, freeKib: totalKib - usedKib, swappedKib: 0, sharedKib };
  }

  #disk(): HostReading['disk'] {
    const usedBytes = Math.round(DISK_BYTES * this.#diskShare);
    const usage = {
      usedBytes,
      availableBytes: DISK_BYTES - usedBytes,
      usedPercent: Math.round(100 * this.#diskShare),
    };
    const device = '/dev/nvme0n1p2';
    return { ...usage, partitions: [{ ...usage, device, mount: '/', sizeKib: DISK_BYTES / 1024 }] };
  }
}

function cpuMs({ cpuTimeNs = 0n }: DomainStatistics): number {
  return Number(cpuTimeNs) / 1e6;
}

function bytesInto({ interfaces = [] }: DomainStatistics): number {
  return interfaces.reduce((sum, { rxBytes }) => sum + rxBytes, 0);
}

function bytesOutOf({ interfaces = [] }: DomainStatistics): number {
  return interfaces.reduce((sum, { txBytes }) => sum + txBytes, 0);
}
