import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { StatisticsHistory } from '../../core/protocol/statistics.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { Hypervisor } from '../hypervisor/hypervisor.ts';
import type { DomainStatistics } from '../hypervisor/statistics.ts';
import type { HostSample, HostStatistics } from './host-statistics.ts';
import { machineSample, rateOver, rounded } from './machine-rates.ts';
import { hypervisorValues, machineValues } from './named-values.ts';
import { SampleRing } from './sample-ring.ts';
import type { PastWanted, StatisticsSource } from './statistics-source.ts';

const GROUPS = ['state', 'cpu', 'balloon', 'vcpu', 'interface', 'block'] as const;
const STEP_MS = 10_000;
/** 20 minutes. */
const SLOTS = 120;
const HYPERVISOR = '';
const KIB = 1024;

interface Look {
  readonly atMs: number;
  readonly domains: ReadonlyMap<string, DomainStatistics>;
}

/** Measures when somebody wants it, otherwise every 10 seconds, by one call for all domains. */
export class SampledStatistics implements StatisticsSource {
  readonly #hypervisor: Hypervisor;
  readonly #host: HostStatistics;
  readonly #clock: Clock;
  readonly #listeners = new Set<(sample: StatisticsSample) => void>();
  readonly #past = new Map<string, SampleRing>();
  #look: Look | undefined;
  #latest: StatisticsSample | undefined;
  #wantedMs: number | undefined;
  #cancel: (() => void) | undefined;
  #isMeasuring = false;
  #isStopped = false;

  constructor(hypervisor: Hypervisor, host: HostStatistics, clock: Clock) {
    this.#hypervisor = hypervisor;
    this.#host = host;
    this.#clock = clock;
  }

  latest(): StatisticsSample | undefined {
    return this.#latest;
  }

  onSample(listener: (sample: StatisticsSample) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  want(intervalMs: number | undefined): void {
    const isSooner = (intervalMs ?? STEP_MS) < (this.#wantedMs ?? STEP_MS);
    this.#wantedMs = intervalMs;
    if (isSooner && this.#cancel && !this.#isMeasuring) this.#plan();
  }

  history({ machine, fromMs, toMs }: PastWanted): StatisticsHistory {
    const ring = this.#past.get(machine ?? HYPERVISOR);
    const kept = ring?.read(fromMs, toMs) ?? { fromMs, count: 0, series: [] };
    return { ...kept, stepMs: STEP_MS, tierSeconds: STEP_MS / 1000 };
  }

  start(): () => void {
    void this.#round();
    return () => {
      this.#isStopped = true;
      this.#cancel?.();
    };
  }

  async #round(): Promise<void> {
    this.#isMeasuring = true;
    await this.#measure();
    this.#isMeasuring = false;
    this.#plan();
  }

  #plan(): void {
    this.#cancel?.();
    if (this.#isStopped) return;
    const delay = Math.min(this.#wantedMs ?? STEP_MS, STEP_MS);
    this.#cancel = this.#clock.after(delay, () => void this.#round());
  }

  async #measure(): Promise<void> {
    const answer = await this.#hypervisor.domains.statistics(GROUPS);
    const atMs = this.#clock.now();
    // While libvirt is away the machines have a gap, and keep their past.
    const domains = new Map(answer.ok ? answer.value.map((one) => [one.uuid, one]) : []);
    if (answer.ok) this.#forgetAllBut(domains);
    const before = this.#look;
    this.#look = { atMs, domains };
    const elapsedMs = before ? atMs - before.atMs : 0;
    const machines = [...domains.values()].flatMap((one) => {
      return machineSample(one, before?.domains.get(one.uuid), elapsedMs) ?? [];
    });
    const host = this.#host.latest();
    this.#latest = {
      atMs,
      ...(elapsedMs > 0 ? { intervalMs: elapsedMs } : {}),
      hypervisors: host ? [hypervisorSample(host)] : [],
      machines,
    };
    this.#keep(this.#latest);
    for (const tell of this.#listeners) tell(this.#latest);
  }

  #keep({ atMs, hypervisors, machines }: StatisticsSample): void {
    for (const one of hypervisors) this.#ring(HYPERVISOR).add(atMs, hypervisorValues(one));
    for (const one of machines) this.#ring(one.uuid).add(atMs, machineValues(one));
  }

  #forgetAllBut(domains: ReadonlyMap<string, DomainStatistics>): void {
    for (const uuid of this.#past.keys()) {
      if (uuid !== HYPERVISOR && !domains.has(uuid)) this.#past.delete(uuid);
    }
  }

  #ring(name: string): SampleRing {
    const known = this.#past.get(name);
    if (known) return known;
    const made = new SampleRing(SLOTS, STEP_MS);
    this.#past.set(name, made);
    return made;
  }
}

function hypervisorSample(host: HostSample): StatisticsSample['hypervisors'][number] {
  const { memory, cpu, load, disk, networks, intervalMs } = host;
  const perSecond = rateOver(intervalMs);
  return {
    cpuPercent: rounded(Math.max(0, 100 - cpu.idlePercent)),
    memoryTotalBytes: memory.totalKib * KIB,
    memoryUsedBytes: memory.usedKib * KIB,
    memorySharedBytes: memory.sharedKib * KIB,
    memorySwappedBytes: memory.swappedKib * KIB,
    load1: load.one,
    load5: load.five,
    load15: load.fifteen,
    diskTotalBytes: disk.usedBytes + disk.availableBytes,
    diskUsedBytes: disk.usedBytes,
    networks: networks.map(({ name, receivedBytes, sentBytes }) => ({
      name,
      receivedBytesPerSecond: perSecond(receivedBytes, 0),
      sentBytesPerSecond: perSecond(sentBytes, 0),
    })),
    partitions: disk.partitions.map(({ mount, usedBytes, availableBytes }) => {
      return { mount, usedBytes, totalBytes: usedBytes + availableBytes };
    }),
  };
}
