import { localDateTimeOf } from '../../core/protocol/local-date-time.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { DomainStatistics } from '../hypervisor/statistics.ts';
import type { Hypervisor, NodeInfo } from '../hypervisor/hypervisor.ts';
import { Curve } from '../hypervisor/simulated/curve.ts';
import { seededRandom } from '../hypervisor/simulated/random.ts';
import type { HostSample, HostStatistics, NetworkTraffic, PastSample } from './host-statistics.ts';
import { SampleHistory } from './sample-history.ts';

export interface SimulatedStatisticsOptions {
  readonly hypervisor: Hypervisor;
  readonly node: NodeInfo;
  readonly seed: number;
  readonly clock: Clock;
  /** Between two samples. */
  readonly intervalMs: number;
  /** How many past samples are kept. */
  readonly keep: number;
}

const GIB = 1024 ** 3;
const DISK_BYTES = 960 * GIB;
const HOUR_MS = 3_600_000;
/** What the host itself needs: of its memory, and of all its processors. */
const OWN_MEMORY_SHARE = 0.04;
const OWN_CPU_SHARE = 0.015;

interface Counters {
  readonly atMs: number;
  readonly cpuTimeNs: bigint;
  /** Sent by the guests, and received by them. */
  readonly sent: number;
  readonly received: number;
}

/** The health of a simulated host: what its guests use, and a little of its own. */
export class SimulatedStatistics implements HostStatistics {
  readonly #options: SimulatedStatisticsOptions;
  readonly #history: SampleHistory;
  readonly #curve: Curve;
  readonly #bootedAtMs: number;
  readonly #diskShare: number;
  #last: Counters | undefined;

  constructor(options: SimulatedStatisticsOptions) {
    const random = seededRandom(options.seed);
    this.#options = options;
    this.#history = new SampleHistory(options.keep);
    this.#curve = new Curve(random);
    this.#bootedAtMs = options.clock.now() - Math.floor(200 + 2000 * random()) * HOUR_MS;
    this.#diskShare = 0.2 + 0.4 * random();
  }

  latest(): HostSample | undefined {
    return this.#history.latest;
  }

  history(limit: number): readonly PastSample[] {
    return this.#history.newest(limit);
  }

  start(): () => void {
    const { clock, intervalMs } = this.#options;
    let isStopped = false;
    let cancel = (): void => undefined;
    const round = async (): Promise<void> => {
      await this.#measure();
      if (!isStopped) cancel = clock.after(intervalMs, () => void round());
    };
    void round();
    return () => {
      isStopped = true;
      cancel();
    };
  }

  async #measure(): Promise<void> {
    const { hypervisor, clock } = this.#options;
    const groups = ['cpu', 'balloon', 'interface', 'block'] as const;
    const guests = await hypervisor.domains.statistics(groups);
    const running = guests.ok
      ? guests.value.filter(({ cpuTimeNs }) => cpuTimeNs !== undefined)
      : [];
    const last = this.#last;
    const now: Counters = {
      atMs: clock.now(),
      cpuTimeNs: running.reduce((sum, { cpuTimeNs = 0n }) => sum + cpuTimeNs, 0n),
      ...trafficOf(running),
    };
    this.#last = now;
    this.#history.add(this.#sample(now, last, running));
  }

  #sample(
    now: Counters,
    last: Counters | undefined,
    running: readonly DomainStatistics[],
  ): HostSample {
    const { cpus } = this.#options.node;
    const own = OWN_CPU_SHARE * this.#curve.at(now.atMs / 1000);
    const busy = Math.min(1, own + guestShare(now, last) / cpus);
    const upHours = Math.floor((now.atMs - this.#bootedAtMs) / HOUR_MS);
    const date = localDateTimeOf(new Date(now.atMs));
    return {
      memory: { date, ...this.#memory(running) },
      cpu: { date, idlePercent: rounded(100 * (1 - busy), 2) },
      disk: this.#disk(),
      networks: [passed('eno1', 1, now, last), passed('virbr0', 0.2, now, last)],
      intervalMs: last === undefined ? 0 : now.atMs - last.atMs,
      load: {
        date,
        one: rounded(busy * cpus, 2),
        five: rounded(busy * cpus * 0.95, 2),
        fifteen: rounded(busy * cpus * 0.9, 2),
      },
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

  #memory(running: readonly DomainStatistics[]) {
    const totalKib = this.#options.node.memoryKiB;
    const guestsKib = running.reduce((sum, { balloon }) => {
      return sum + (balloon?.residentKiB ?? balloon?.currentKiB ?? 0);
    }, 0);
    const usedKib = Math.min(totalKib, Math.round(totalKib * OWN_MEMORY_SHARE + guestsKib));
    return { totalKib, usedKib, freeKib: totalKib - usedKib, swappedKib: 0, sharedKib: 0 };
  }

  #disk(): HostSample['disk'] {
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

/** How many processors the guests kept busy between two looks. */
function guestShare(now: Counters, last: Counters | undefined): number {
  if (last === undefined || now.atMs <= last.atMs || now.cpuTimeNs < last.cpuTimeNs) return 0;
  return Number(now.cpuTimeNs - last.cpuTimeNs) / 1e6 / (now.atMs - last.atMs);
}

function trafficOf(guests: readonly DomainStatistics[]) {
  const all = guests.flatMap(({ interfaces = [] }) => interfaces);
  return {
    sent: all.reduce((sum, { txBytes }) => sum + txBytes, 0),
    received: all.reduce((sum, { rxBytes }) => sum + rxBytes, 0),
  };
}

/** What a device of the host passed on: all of what its guests did, or a share of it. */
function passed(
  name: string,
  share: number,
  now: Counters,
  last: Counters | undefined,
): NetworkTraffic {
  const since = (of: 'sent' | 'received') =>
    Math.round(share * Math.max(0, last === undefined ? 0 : now[of] - last[of]));
  const [receivedBytes, sentBytes] = [since('received'), since('sent')];
  return { name, deltaBytes: receivedBytes + sentBytes, receivedBytes, sentBytes };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
