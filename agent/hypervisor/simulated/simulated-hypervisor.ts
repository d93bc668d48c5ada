import { err, ok, type Result } from '../../../core/lib/result.ts';
import { systemClock, type Clock } from '../../../node/xmpp/clock.ts';
import { Emitter } from '../../../node/xmpp/emitter.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { Domains } from '../domains.ts';
import type { HypervisorError, HypervisorReply } from '../hypervisor-error.ts';
import type {
  ConnectionEvent,
  Hypervisor,
  HypervisorFeatures,
  HypervisorIdentity,
  NodeInfo,
} from '../hypervisor.ts';
import { STATISTICS_GROUPS } from '../statistics.ts';
import { capabilitiesXml } from './capabilities.ts';
import { DomainStore } from './domain-store.ts';
import { seedOf } from './random.ts';
import { SimulatedDomains } from './simulated-domains.ts';
import { SimulatedFaults, type CallName } from './simulated-faults.ts';
import type { SimulatedWorld } from './world.ts';

export interface SimulatedOptions {
  readonly world: SimulatedWorld;
  /** The same seed and the same steps of the clock give the same figures. */
  readonly seed: number;
  /** Told what a listener threw; a listener must not harm the hypervisor. */
  readonly onThrown: (cause: unknown) => void;
  readonly clock?: Clock;
  /** How long each answer takes. */
  readonly latencyMs?: number;
  /** Whether the screens of guests with VNC listen on ports of this machine's loopback. */
  readonly servesScreens?: boolean;
}

const FEATURES: HypervisorFeatures = { events: true, statistics: STATISTICS_GROUPS };
const CLOSED: HypervisorError = {
  code: 'disconnected',
  message: 'There is no connection to the hypervisor',
};

/** A host with guests that exist only in memory; it behaves as libvirt's QEMU driver. */
export class SimulatedHypervisor implements Hypervisor {
  readonly domains: Domains;
  /** What a test or the demo makes go wrong. */
  readonly faults: SimulatedFaults;
  readonly #options: Required<SimulatedOptions>;
  readonly #store: DomainStore;
  readonly #emitter: Emitter<{ connection: ConnectionEvent; domain: DomainEvent }>;
  #isWanted = false;
  #isConnected = false;

  constructor(options: SimulatedOptions) {
    this.#options = { clock: systemClock, latencyMs: 0, servesScreens: false, ...options };
    const { world, seed, clock, servesScreens, onThrown } = this.#options;
    this.#emitter = new Emitter(onThrown);
    this.#store = new DomainStore(world, seed, { clock, servesScreens }, (event) => {
      if (this.#isConnected) this.#emitter.emit('domain', event);
    });
    this.faults = new SimulatedFaults(this.#store, {
      lose: (message) => this.#lose({ code: 'disconnected', message }),
      restore: () => this.#restore(),
    });
    this.domains = new SimulatedDomains(
      this.#store,
      { pass: (name, act) => this.#pass(name, act) },
      (listener) => this.#emitter.on('domain', listener),
    );
  }

  async connect(): HypervisorReply<HypervisorIdentity> {
    this.#isWanted = true;
    if (this.faults.isLost) return err(CLOSED);
    this.#restore();
    return ok(this.#identity);
  }

  async close(): Promise<void> {
    this.#isWanted = false;
    this.#lose({ code: 'disconnected', message: 'The agent closed the connection' });
    for (const domain of this.#store.all()) domain.leaveSeat();
  }

  onConnection(listener: (event: ConnectionEvent) => void): () => void {
    return this.#emitter.on('connection', listener);
  }

  capabilities(): HypervisorReply<string> {
    const { world, seed } = this.#options;
    const ownSeed = seedOf(seed, world.hostname);
    return this.#pass('capabilities', () => ok(capabilitiesXml(world.node, ownSeed)));
  }

  nodeInfo(): HypervisorReply<NodeInfo> {
    return this.#pass('nodeInfo', () => ok(this.#options.world.node));
  }

  /** The lines on a guest's text screen, empty while it is off; undefined for no such domain. */
  screenLines(uuid: string): readonly string[] | undefined {
    const domain = this.#store.byUuid(uuid);
    return domain.ok ? (domain.value.seat?.console.content.lines ?? []) : undefined;
  }

  get #identity(): HypervisorIdentity {
    return {
      uri: 'qemu:///system',
      hostname: this.#options.world.hostname,
      driver: 'QEMU',
      driverVersion: 7_002_000,
      libvirtVersion: 9_000_000,
    };
  }

  async #pass<T>(name: CallName, act: () => Result<T, HypervisorError>): HypervisorReply<T> {
    if (!this.#isConnected) return err(CLOSED);
    const fault = this.faults.take(name);
    if (fault?.when === 'before') return err(fault.error);
    const outcome = act();
    const { latencyMs, clock } = this.#options;
    if (latencyMs > 0) await new Promise<void>((done) => void clock.after(latencyMs, done));
    if (fault !== undefined) return err(fault.error);
    // What was done is done, but the answer went the way of the connection.
    return this.#isStillConnected() ? outcome : err(CLOSED);
  }

  /** Asked anew after the wait, in which a connection can end. */
  #isStillConnected(): boolean {
    return this.#isConnected;
  }

  #restore(): void {
    if (!this.#isWanted || this.#isConnected) return;
    this.#isConnected = true;
    const identity = this.#identity;
    this.#emitter.emit('connection', { state: 'connected', identity, features: FEATURES });
  }

  #lose(error: HypervisorError): void {
    if (!this.#isConnected) return;
    this.#isConnected = false;
    this.#emitter.emit('connection', { state: 'disconnected', error });
  }
}
