import { localDateTimeOf } from '../../core/protocol/local-date-time.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { Emitter } from '../../node/xmpp/emitter.ts';
import type { Hypervisor } from '../hypervisor/hypervisor.ts';
import type { DomainState } from '../hypervisor/domain.ts';
import type { DomainStatistics, StatisticsGroup } from '../hypervisor/statistics.ts';
import type { HostSample, HostStatistics, PastSample } from './host-statistics.ts';
import { machineReading, type MachineReading } from './machine-reading.ts';
import { startOf, type Past } from './past.ts';
import { pastSamples } from './past-samples.ts';
import { grown, type HostProbe, type Reading } from './reading.ts';
import { StartTimes } from './start-times.ts';
import { idlePercentOf, rounded, sampleOf } from './samples.ts';

export interface CollectorOptions {
  readonly hypervisor: Hypervisor;
  readonly probe: HostProbe;
  readonly past: Past;
  readonly clock: Clock;
  /** Between two readings. */
  readonly intervalMs: number;
  /** Told in words what went wrong, at most once for each kind in a row. */
  readonly onTrouble: (why: string) => void;
}

const OFF: ReadonlySet<DomainState> = new Set(['nostate', 'shutoff', 'crashed']);

/** Reads the machine beneath and all its domains in one go, again and again, and keeps what it read. */
export class HealthCollector implements HostStatistics {
  readonly past: Past;
  readonly intervalMs: number;
  readonly #options: CollectorOptions;
  readonly #starts: StartTimes;
  readonly #emitter: Emitter<{ reading: Reading }>;
  #groups: readonly StatisticsGroup[] = [];
  #before: Reading | undefined;
  #now: Reading | undefined;
  #trouble: string | undefined;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.past = options.past;
    this.intervalMs = options.intervalMs;
    this.#starts = new StartTimes(options.probe, () => options.clock.now());
    this.#emitter = new Emitter((cause) => this.#complain(`a listener failed: ${String(cause)}`));
  }

  /** The last reading, and the one before it. */
  get readings(): { readonly now: Reading | undefined; readonly before: Reading | undefined } {
    return { now: this.#now, before: this.#before };
  }

  latest(): HostSample | undefined {
    return this.#now && hostSample(this.#before, this.#now);
  }

  history(limit: number): readonly PastSample[] {
    const samples = pastSamples(this.past, limit);
    const latest = this.latest();
    if (samples.length > 0 || !latest) return samples;
    // Just after the start there is one reading, and nothing yet between two.
    const { memory, cpu, load, networks } = latest;
    return [{ memory, cpu, load, networks }];
  }

  /** Tells of each reading until the returned function is called. */
  onReading(listener: (reading: Reading) => void): () => void {
    return this.#emitter.on('reading', listener);
  }

  /** Begins to measure, until the returned function is called; machines that are managed have a past. */
  start(isManaged: (uuid: string) => boolean): () => void {
    const { clock, intervalMs, hypervisor } = this.#options;
    const stopListening = hypervisor.onConnection((event) => {
      this.#groups = event.state === 'connected' ? event.features.statistics : [];
      this.#starts.forget();
    });
    const stopFollowing = hypervisor.domains.onEvent((event) => this.#starts.happened(event));
    let isStopped = false;
    let cancel = (): void => undefined;
    // In the middle of a step of the past: one that comes a little late still falls into its own.
    let dueMs = startOf(clock.now(), intervalMs) + intervalMs / 2;
    const round = async (): Promise<void> => {
      // The machine may not tell everything, such as inside a container; the next round tries again.
      await this.#read(isManaged).catch((cause: unknown) => this.#complain(String(cause)));
      dueMs = Math.max(dueMs + intervalMs, clock.now());
      if (!isStopped) cancel = clock.after(dueMs - clock.now(), () => void round());
    };
    void round();
    return () => {
      isStopped = true;
      cancel();
      stopListening();
      stopFollowing();
      this.#options.probe.close?.();
    };
  }

  async #read(isManaged: (uuid: string) => boolean): Promise<void> {
    const { probe, clock } = this.#options;
    const asked = this.#machines();
    const [host, domains] = await Promise.all([probe.read(asked), asked]);
    const machines = new Map<string, MachineReading>();
    for (const one of domains.values()) machines.set(one.uuid, machineReading(one));
    const before = this.#now;
    const reading = { atMs: clock.now(), host, machines };
    this.#before = before;
    this.#now = reading;
    this.#trouble = undefined;
    // Without one to compare with, rates would be zeros that nobody measured, those of a machine too.
    if (before) {
      const isWanted = (uuid: string): boolean => isManaged(uuid) && before.machines.has(uuid);
      this.past.add(sampleOf(before, reading, isWanted));
    }
    this.#emitter.emit('reading', reading);
  }

  /** Those that run, in one call whatever their number. */
  async #machines(): Promise<ReadonlyMap<string, DomainStatistics>> {
    if (this.#groups.length === 0) return new Map();
    const all = await this.#options.hypervisor.domains.statistics(this.#groups);
    const running = new Map<string, DomainStatistics>();
    for (const one of all.ok ? all.value : []) {
      const isOff = one.state !== undefined && OFF.has(one.state);
      if (one.cpuTimeNs !== undefined && !isOff) running.set(one.uuid, one);
    }
    return this.#starts.added(running);
  }

  #complain(why: string): void {
    if (this.#trouble === why) return;
    this.#trouble = why;
    this.#options.onTrouble(why);
  }
}

/** A reading as original clients ask for it. */
function hostSample(before: Reading | undefined, { atMs, host }: Reading): HostSample {
  const date = localDateTimeOf(new Date(atMs));
  return {
    memory: { date, ...host.memory },
    cpu: { date, idlePercent: rounded(idlePercentOf(before?.host.cpu, host.cpu)) },
    disk: host.disk,
    networks: [...host.networks].map(([name, { receivedBytes, sentBytes }]) => {
      const last = before?.host.networks.get(name);
      const received = grown(last?.receivedBytes, receivedBytes);
      return { name, deltaBytes: received + grown(last?.sentBytes, sentBytes) };
    }),
    load: { date, ...host.load },
    uptime: host.uptime,
    system: host.system,
    capabilities: host.capabilities,
  };
}
