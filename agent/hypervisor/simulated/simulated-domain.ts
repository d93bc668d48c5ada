import { ok, type Result } from '../../../core/lib/result.ts';
import type { Affected, DomainInfo, DomainState, ListedDomain } from '../domain.ts';
import type { Lifecycle } from '../domain-event.ts';
import type { HypervisorError } from '../hypervisor-error.ts';
import type { DomainStatistics, StatisticsGroup } from '../statistics.ts';
import { GuestSeat, isGiven } from './console/guest-seat.ts';
import { changed, writeDefinition, type Definition } from './definition.ts';
import { domainFigures } from './domain-figures.ts';
import {
  getDescription,
  setMaxMemory,
  setDescription,
  setMemory,
  setVcpus,
  type DomainSides,
} from './domain-sides.ts';
import { alreadyRunning, invalidOperation, notRunning } from './errors.ts';
import { Guest } from './guest.ts';
import { ProcessLog } from './process-log.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { defaultWorkload, type Workload } from './world.ts';

type Outcome<T = void> = Result<T, HypervisorError>;

export interface DomainOptions {
  readonly host: SimulatedHost;
  readonly seed: number;
  readonly workload?: Workload | undefined;
  readonly screen?: readonly string[] | undefined;
  readonly keyboard?: string | undefined;
  /** How long the guest takes to shut down when asked; undefined for one that never listens. */
  readonly shutdownMs: number | undefined;
}

/** Between a guest's own end and that of its process. */
const ENDING_MS = 120;

/** One domain, which behaves as one of libvirt's QEMU driver. */
export class SimulatedDomain {
  readonly options: DomainOptions;
  readonly uuid: string;
  readonly log = new ProcessLog();
  readonly #sides: DomainSides = { config: undefined, guest: undefined };
  #seat: GuestSeat | undefined;
  /** Whether the guest was started, and did not run before the world began. */
  #isFresh = false;
  #autostart = false;
  #isEnding = false;
  #cancelShutdown: (() => void) | undefined;

  constructor(uuid: string, options: DomainOptions) {
    this.options = options;
    this.uuid = uuid;
  }

  get name(): string {
    return this.#current.name;
  }

  get guest(): Guest | undefined {
    return this.#sides.guest;
  }

  /** What a running guest shows and hears; made when it is first wanted, as most are never looked at. */
  get seat(): GuestSeat | undefined {
    const { guest } = this.#sides;
    if (guest !== undefined) this.#seat ??= this.#prepareSeat(guest);
    return this.#seat;
  }

  /** Nobody sits in front of the guest any more. */
  leaveSeat(): void {
    this.#seat?.stop();
    this.#seat = undefined;
  }

  get state(): DomainState {
    if (this.#sides.guest === undefined) return 'shutoff';
    if (this.#isEnding) return 'shutdown';
    return this.#sides.guest.isPaused ? 'paused' : 'running';
  }

  get autostart(): boolean {
    return this.#autostart;
  }

  listed(): ListedDomain {
    return {
      uuid: this.uuid,
      name: this.name,
      id: this.#sides.guest?.id,
      state: this.state,
      persistent: this.#sides.config !== undefined,
      autostart: this.#autostart,
    };
  }

  define(definition: Definition): void {
    const isKnown = this.#sides.config !== undefined;
    this.#sides.config = definition;
    this.#tell({ event: 'defined', detail: isKnown ? 'updated' : 'added' });
  }

  undefine(): Outcome {
    if (this.#sides.config === undefined)
      return invalidOperation('cannot undefine transient domain');
    const last = this.#sides.config;
    this.#sides.config = undefined;
    this.#autostart = false;
    if (this.#sides.guest === undefined) this.options.host.forget(this.uuid);
    this.#tell({ event: 'undefined', detail: 'removed' }, last.name);
    return ok(undefined);
  }

  xml(isSecure: boolean, isInactive: boolean): string {
    const wanted = isInactive ? (this.#sides.config ?? this.#current) : this.#current;
    return writeDefinition(wanted, isSecure);
  }

  /** Starts the guest, or makes it one that has been running for so long. */
  create(uptimeMs?: number): Outcome<number> {
    const definition = this.#sides.config;
    if (this.#sides.guest !== undefined || definition === undefined) return alreadyRunning();
    const { host, seed, workload = defaultWorkload(seed) } = this.options;
    const id = host.nextId();
    const interfaces = definition.record.interfaces.map((card) => ({
      ...card,
      target: card.target ?? host.nextDevice(),
    }));
    this.#sides.guest = new Guest({
      definition: changed(definition, { id, interfaces }),
      id,
      seed,
      workload,
      uptimeMs: uptimeMs ?? 0,
      now: () => host.clock.now(),
    });
    this.log.begin();
    this.#isFresh = uptimeMs === undefined;
    // Whoever knows the port of a screen beforehand asks nobody for it.
    if (isGiven(definition.record.graphics[0]?.port)) void this.seat?.ready();
    this.#tell({ event: 'resumed', detail: 'unpaused' });
    this.#tell({ event: 'started', detail: 'booted' });
    return ok(id);
  }

  suspend(): Outcome {
    if (this.#sides.guest === undefined) return notRunning();
    if (this.#sides.guest.isPaused) return ok(undefined);
    this.#sides.guest.pause();
    this.#tell({ event: 'suspended', detail: 'paused' });
    return ok(undefined);
  }

  resume(): Outcome {
    if (this.#sides.guest === undefined) return notRunning();
    if (!this.#sides.guest.isPaused) return alreadyRunning();
    this.#sides.guest.resume();
    this.#tell({ event: 'resumed', detail: 'unpaused' });
    return ok(undefined);
  }

  shutdown(): Outcome {
    const { host, shutdownMs } = this.options;
    if (this.#sides.guest === undefined) return notRunning();
    if (shutdownMs === undefined || this.#cancelShutdown !== undefined) return ok(undefined);
    this.#cancelShutdown = host.clock.after(shutdownMs, () => this.#endItself());
    this.seat?.announce('The system will power off now!');
    return ok(undefined);
  }

  reboot(): Outcome {
    if (this.#sides.guest === undefined) return notRunning();
    this.seat?.reboot();
    return ok(undefined);
  }

  destroy(): Outcome {
    if (this.#sides.guest === undefined) return notRunning();
    this.#tell({ event: 'shutdown', detail: 'host' });
    this.#stop({ event: 'stopped', detail: 'destroyed' });
    return ok(undefined);
  }

  /** The guest's kernel gives up, which its definition answers by destroying it. */
  panic(): Outcome {
    if (this.#sides.guest === undefined) return notRunning();
    this.seat?.announce('Kernel panic - not syncing: Attempted to kill init!');
    this.log.write('qemu-system-x86_64: Guest panicked: not syncing: Attempted to kill init!');
    this.#tell({ event: 'crashed', detail: 'panicked' });
    this.#stop({ event: 'stopped', detail: 'crashed' });
    return ok(undefined);
  }

  /** The guest's process is gone from one moment to the next. */
  kill(): Outcome {
    if (this.#sides.guest === undefined) return notRunning();
    this.#stop({ event: 'stopped', detail: 'failed' });
    return ok(undefined);
  }

  setAutostart(autostart: boolean): Outcome {
    if (this.#sides.config === undefined) {
      return invalidOperation('cannot set autostart for transient domain');
    }
    this.#autostart = autostart;
    return ok(undefined);
  }

  setMemory(kib: number, affected: Affected): Outcome {
    return setMemory(this.#sides, kib, affected);
  }

  setMaxMemory(kib: number, affected: Affected): Outcome {
    return setMaxMemory(this.#sides, kib, affected);
  }

  getDescription(affected: Affected): Outcome<string | undefined> {
    return getDescription(this.#sides, affected);
  }

  setDescription(description: string | undefined, affected: Affected): Outcome {
    return setDescription(this.#sides, description, affected);
  }

  setVcpus(count: number, affected: Affected): Outcome {
    return setVcpus(this.#sides, count, affected);
  }

  info(): DomainInfo {
    const guest = this.#sides.guest;
    return {
      state: this.state,
      hasCrashed: this.log.hasCrashed,
      maxMemoryKiB: this.#current.maxMemoryKiB,
      memoryKiB: guest?.memoryKiB ?? this.#current.memoryKiB,
      vcpus: guest?.vcpuCount ?? this.#current.vcpus,
      cpuTimeNs: guest?.cpuTimeNs() ?? 0n,
    };
  }

  statistics(groups: ReadonlySet<StatisticsGroup>): DomainStatistics {
    const { uuid, name, state } = this;
    return { uuid, name, ...domainFigures(groups, state, this.#current, this.#sides.guest) };
  }

  get #current(): Definition {
    const current = this.#sides.guest?.definition ?? this.#sides.config;
    if (current === undefined) throw new Error(`Domain ${this.uuid} was forgotten and used again`);
    return current;
  }

  #prepareSeat(guest: Guest): GuestSeat {
    const { host, screen, keyboard } = this.options;
    return new GuestSeat({
      name: guest.definition.name,
      guest,
      clock: host.clock,
      isFresh: this.#isFresh,
      introduction: screen,
      keyboard,
      isServed: host.servesScreens,
      powerOff: () => void this.shutdown(),
    });
  }

  #endItself(): void {
    if (this.#sides.guest === undefined) return;
    if (this.#sides.guest.isPaused) {
      // A paused guest notices the button only when it runs again; look again in a while.
      this.#cancelShutdown = this.options.host.clock.after(ENDING_MS, () => this.#endItself());
      return;
    }
    this.#isEnding = true;
    this.#tell({ event: 'shutdown', detail: 'guest' });
    this.#cancelShutdown = this.options.host.clock.after(ENDING_MS, () =>
      this.#stop({ event: 'stopped', detail: 'shutdown' }),
    );
  }

  #stop(how: Lifecycle): void {
    const name = this.name;
    this.#cancelShutdown?.();
    this.#cancelShutdown = undefined;
    this.#isEnding = false;
    this.#sides.guest = undefined;
    this.leaveSeat();
    this.log.end(this.options.host.clock.now(), how.detail);
    if (this.#sides.config === undefined) this.options.host.forget(this.uuid);
    this.#tell(how, name);
  }

  #tell(what: Lifecycle, name = this.name): void {
    this.options.host.emit({ ...what, uuid: this.uuid, name, id: this.#sides.guest?.id });
  }
}
