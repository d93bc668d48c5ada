import { ok, type Result } from '../../../core/lib/result.ts';
import type { Clock } from '../../../node/xmpp/clock.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { HypervisorError } from '../hypervisor-error.ts';
import { readDefinition, type Definition } from './definition.ts';
import { libvirtError, noSuchDomain } from './errors.ts';
import { seededRandom, seedOf } from './random.ts';
import { SimulatedDomain } from './simulated-domain.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedDomainDescription, SimulatedWorld } from './world.ts';

type Found<T = SimulatedDomain> = Result<T, HypervisorError>;

/** How long a guest takes to shut down about which nothing is said. */
const SHUTDOWN_MS = 2500;

/** The domains of one simulated host. */
export class DomainStore implements SimulatedHost {
  readonly clock: Clock;
  readonly servesScreens: boolean;
  readonly #seed: number;
  readonly #random: () => number;
  readonly #onEvent: (event: DomainEvent) => void;
  readonly #domains = new Map<string, SimulatedDomain>();
  #lastId = 0;
  #lastDevice = -1;

  constructor(
    world: SimulatedWorld,
    seed: number,
    { clock, servesScreens }: Pick<SimulatedHost, 'clock' | 'servesScreens'>,
    onEvent: (event: DomainEvent) => void,
  ) {
    this.clock = clock;
    this.servesScreens = servesScreens;
    this.#seed = seedOf(seed, world.hostname);
    this.#random = seededRandom(this.#seed);
    this.#onEvent = onEvent;
    for (const description of world.domains) this.#begin(description);
  }

  all(): readonly SimulatedDomain[] {
    return [...this.#domains.values()];
  }

  byUuid(uuid: string): Found {
    const key = uuid.toLowerCase();
    const domain = this.#domains.get(key);
    return domain === undefined ? noSuchDomain(`uuid '${uuid}'`) : ok(domain);
  }

  byName(name: string): Found {
    const domain = this.all().find((one) => one.name === name);
    return domain === undefined ? noSuchDomain(`name '${name}'`) : ok(domain);
  }

  define(xml: string, description?: SimulatedDomainDescription): Found {
    const read = readDefinition(xml, this.#random);
    if (!read.ok) return read;
    const definition = read.value;
    const clash = this.#clash(definition);
    if (clash !== undefined) return clash;
    const known = this.#domains.get(definition.uuid);
    const domain = known ?? this.#add(definition, description);
    domain.define(definition);
    return ok(domain);
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  nextDevice(): string {
    this.#lastDevice += 1;
    return `vnet${this.#lastDevice}`;
  }

  emit(event: DomainEvent): void {
    this.#onEvent(event);
  }

  forget(uuid: string): void {
    this.#domains.delete(uuid);
  }

  /** A name belongs to one UUID; the same UUID keeps its name for as long as it is defined. */
  #clash(definition: Definition): (Found & { readonly ok: false }) | undefined {
    const { name, uuid } = definition;
    const namesake = this.byName(name);
    if (namesake.ok && namesake.value.uuid !== uuid) {
      const other = namesake.value.uuid;
      return libvirtError(
        9,
        `operation failed: domain '${name}' already exists with uuid ${other}`,
      );
    }
    const known = this.#domains.get(uuid);
    if (known === undefined || known.name === name) return undefined;
    const why = `domain '${known.name}' is already defined with uuid ${uuid}`;
    return libvirtError(9, `operation failed: ${why}`);
  }

  #add(definition: Definition, description?: SimulatedDomainDescription): SimulatedDomain {
    const hasShutdown = description !== undefined && 'shutdownMs' in description;
    const domain = new SimulatedDomain(definition.uuid, {
      host: this,
      seed: seedOf(this.#seed, definition.uuid),
      workload: description?.workload,
      screen: description?.screen,
      keyboard: description?.keyboard,
      shutdownMs: hasShutdown ? description.shutdownMs : SHUTDOWN_MS,
    });
    this.#domains.set(definition.uuid, domain);
    return domain;
  }

  #begin(description: SimulatedDomainDescription): void {
    const defined = this.define(description.xml, description);
    if (!defined.ok) throw new Error(`The world has an unusable domain: ${defined.error.message}`);
    const domain = defined.value;
    if (description.autostart === true) domain.setAutostart(true);
    if ((description.state ?? 'shutoff') === 'shutoff') return;
    domain.create(description.uptimeMs ?? 0);
    if (description.state === 'paused') domain.suspend();
  }
}
