import type {
  BalloonStatistics,
  BlockStatistics,
  InterfaceCounters,
  InterfaceStatistics,
  VcpuStatistics,
} from '../statistics.ts';
import { Curve } from './curve.ts';
import type { Definition } from './definition.ts';
import { diskFigures } from './disk-figures.ts';
import { seededRandom } from './random.ts';
import type { Workload } from './world.ts';

interface Vcpu {
  readonly curve: Curve;
  /** How long the guest had run when this CPU was plugged in. */
  readonly sinceSeconds: number;
}

interface GuestOptions {
  readonly definition: Definition;
  readonly id: number;
  readonly seed: number;
  readonly workload: Workload;
  readonly uptimeMs: number;
  /** The time now, in milliseconds. */
  now(): number;
}

const NANOSECONDS = 1e9;
const BYTES_PER_PACKET = 900;

/** What runs while a domain is not off: the live definition, its time, and the figures that follow. */
export class Guest {
  definition: Definition;
  memoryKiB: number;
  readonly id: number;
  /** In milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly #options: GuestOptions;
  readonly #random: () => number;
  readonly #curves: Readonly<Record<'memory' | 'rx' | 'tx' | 'read' | 'write', Curve>>;
  readonly #vcpus: Vcpu[] = [];
  #unpluggedNs = 0;
  #ranMs: number;
  #resumedAt: number | undefined;

  constructor(options: GuestOptions) {
    this.#options = options;
    this.definition = options.definition;
    this.id = options.id;
    this.startedAtMs = options.now() - options.uptimeMs;
    this.memoryKiB = options.definition.memoryKiB;
    this.#random = seededRandom(options.seed);
    this.#curves = {
      memory: new Curve(this.#random),
      rx: new Curve(this.#random),
      tx: new Curve(this.#random),
      read: new Curve(this.#random),
      write: new Curve(this.#random),
    };
    this.#ranMs = options.uptimeMs;
    this.#resumedAt = options.now();
    while (this.#vcpus.length < options.definition.vcpus) this.#plug(0);
  }

  get isPaused(): boolean {
    return this.#resumedAt === undefined;
  }

  get vcpuCount(): number {
    return this.#vcpus.length;
  }

  /** How long it has run, without the time that it was paused. */
  get ranSeconds(): number {
    const current = this.#resumedAt === undefined ? 0 : this.#options.now() - this.#resumedAt;
    return (this.#ranMs + current) / 1000;
  }

  pause(): void {
    this.#ranMs = this.ranSeconds * 1000;
    this.#resumedAt = undefined;
  }

  resume(): void {
    this.#resumedAt ??= this.#options.now();
  }

  setVcpus(count: number): void {
    while (this.#vcpus.length < count) this.#plug(this.ranSeconds);
    for (const gone of this.#vcpus.splice(count)) this.#unpluggedNs += this.#usedNs(gone);
  }

  cpuTimeNs(): bigint {
    const used = this.#vcpus.reduce((sum, vcpu) => sum + this.#usedNs(vcpu), this.#unpluggedNs);
    // QEMU itself takes a little, whatever the guest does.
    return BigInt(Math.round(used + 0.004 * this.ranSeconds * NANOSECONDS));
  }

  /** How many of its CPUs it would keep busy at this moment. */
  load(): number {
    const share = Math.min(0.5, this.#options.workload.cpuShare);
    return this.#vcpus.reduce((sum, { curve }) => sum + share * curve.at(this.ranSeconds), 0);
  }

  vcpus(): readonly VcpuStatistics[] {
    return this.#vcpus.map((vcpu, index) => ({
      index,
      timeNs: BigInt(Math.round(this.#usedNs(vcpu))),
    }));
  }

  balloon(): BalloonStatistics {
    const swing = 0.85 + 0.15 * this.#curves.memory.at(this.ranSeconds);
    const share = Math.min(0.98, this.#options.workload.memoryShare * swing);
    const used = Math.round(this.memoryKiB * share);
    return {
      currentKiB: this.memoryKiB,
      maximumKiB: this.definition.maxMemoryKiB,
      residentKiB: Math.round(this.memoryKiB * Math.min(1, share + 0.1)) + 45_000,
      unusedKiB: this.memoryKiB - used,
    };
  }

  interfaces(): readonly InterfaceStatistics[] {
    return this.definition.record.interfaces.map(({ target }, index) => ({
      name: target ?? '',
      ...this.#traffic(index),
    }));
  }

  /** The counters of the interface with that name on the host. */
  interfaceCounters(device: string): InterfaceCounters | undefined {
    const index = this.definition.record.interfaces.findIndex(({ target }) => target === device);
    return index < 0 ? undefined : this.#traffic(index);
  }

  blocks(): readonly BlockStatistics[] {
    const { readBytesPerSecond, writeBytesPerSecond } = this.#options.workload;
    return diskFigures(this.definition, (index) => {
      const part = 1 / (1 + 3 * index);
      return {
        readBytes: this.#total('read', readBytesPerSecond * part),
        writeBytes: this.#total('write', writeBytesPerSecond * part),
      };
    });
  }

  #traffic(index: number): InterfaceCounters {
    const { rxBytesPerSecond, txBytesPerSecond } = this.#options.workload;
    const part = 1 / (1 + 4 * index);
    const rxBytes = this.#total('rx', rxBytesPerSecond * part);
    const txBytes = this.#total('tx', txBytesPerSecond * part);
    return {
      rxBytes,
      rxPackets: Math.round(rxBytes / BYTES_PER_PACKET),
      rxErrors: 0,
      rxDropped: Math.floor(rxBytes / 4e8),
      txBytes,
      txPackets: Math.round(txBytes / BYTES_PER_PACKET),
      txErrors: 0,
      txDropped: 0,
    };
  }

  #total(curve: 'rx' | 'tx' | 'read' | 'write', perSecond: number): number {
    return Math.round(perSecond * this.#curves[curve].until(this.ranSeconds));
  }

  #plug(sinceSeconds: number): void {
    this.#vcpus.push({ curve: new Curve(this.#random), sinceSeconds });
  }

  #usedNs({ curve, sinceSeconds }: Vcpu): number {
    const share = Math.min(0.5, this.#options.workload.cpuShare);
    return share * NANOSECONDS * (curve.until(this.ranSeconds) - curve.until(sinceSeconds));
  }
}
