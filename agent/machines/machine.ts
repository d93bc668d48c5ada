import type { BareJid } from '../../core/domain/jid.ts';
import type { Vcard } from '../../core/protocol/vcard.ts';
import { writeVmPresence, type VmPresence } from '../../core/protocol/vm-presence.ts';
import type { AgentEntity } from '../entities/agent-entity.ts';
import type { DomainEvent, LifecycleName } from '../hypervisor/domain-event.ts';
import type { Hypervisor } from '../hypervisor/hypervisor.ts';
import type { MachineRecord } from '../store/agent-store.ts';
import { CpuMeter } from './cpu-meter.ts';
import { presenceOf, presenceWithout } from './machine-presence.ts';

/** What keeps a virtual machine from taking orders for a while. */
export type MachineTask = 'cloning' | 'freeing' | 'migrating' | 'renaming';

type Reaction = (event: DomainEvent) => void | Promise<void>;

/** A virtual machine that this hypervisor manages: its entity, and what its domain does. */
export class Machine {
  readonly cpu = new CpuMeter();
  readonly #hypervisor: Hypervisor;
  #record: MachineRecord;
  #entity: AgentEntity | undefined;
  #task: MachineTask | undefined;
  /** Own definitions that libvirt will tell of; they are pushed by who made them. */
  #expectedDefinitions = 0;

  constructor(record: MachineRecord, hypervisor: Hypervisor) {
    this.#record = record;
    this.#hypervisor = hypervisor;
  }

  get record(): MachineRecord {
    return this.#record;
  }

  get uuid(): string {
    return this.#record.uuid;
  }

  get task(): MachineTask | undefined {
    return this.#task;
  }

  get entity(): AgentEntity {
    if (!this.#entity) throw new Error(`${this.uuid} has no entity yet`);
    return this.#entity;
  }

  get jid(): BareJid {
    return this.entity.jid;
  }

  /** Given once, right after the entity was made for this machine. */
  attach(entity: AgentEntity): void {
    this.#entity = entity;
  }

  update(record: MachineRecord): void {
    this.#record = record;
  }

  vcard(driver: string): Vcard {
    const { name, organisation } = this.#record;
    return {
      ...organisation,
      fullName: name,
      role: 'virtualmachine',
      title: `Virtual machine (${driver.toUpperCase()})`,
    };
  }

  /** Does some work during which other orders are refused. */
  async during<T>(task: MachineTask, work: () => Promise<T>): Promise<T> {
    this.#task = task;
    try {
      return await work();
    } finally {
      this.#task = undefined;
    }
  }

  show(presence: VmPresence): void {
    this.entity.show(writeVmPresence(presence, this.entity.presence.show));
  }

  /** Asks the hypervisor what the domain does, and shows it. */
  async refresh(): Promise<void> {
    const info = await this.#hypervisor.domains.info(this.uuid);
    this.show(info.ok ? presenceOf(info.value.state) : presenceWithout(info.error));
  }

  /** The next `defined` event is our own doing. */
  expectDefinition(): void {
    this.#expectedDefinitions += 1;
  }

  /** Shows and pushes what happened to the domain, whoever did it. */
  async receive(event: DomainEvent): Promise<void> {
    if (this.#task === 'migrating' || event.detail === 'migrated') return;
    await this.#reactions[event.event](event);
  }

  readonly #reactions: Readonly<Record<LifecycleName, Reaction>> = {
    started: () => this.#became({ state: 'running' }, 'created'),
    resumed: () => this.#became({ state: 'running' }, 'resumed'),
    suspended: () => this.#became({ state: 'paused' }, 'suspended'),
    crashed: () => this.#became({ state: 'crashed' }, 'crashed'),
    stopped: ({ detail }) => this.#stopped(detail === 'crashed'),
    shutdown: () => this.show({ state: 'shutting-down' }),
    pmsuspended: () => this.show({ state: 'paused' }),
    defined: () => this.#defined(),
    undefined: () => this.#undefined(),
  };

  #became(presence: VmPresence, change: 'created' | 'resumed' | 'suspended' | 'crashed'): void {
    this.show(presence);
    this.entity.push('virtualmachine:control', change);
  }

  async #stopped(hasCrashed: boolean): Promise<void> {
    if (hasCrashed) {
      this.#became({ state: 'crashed' }, 'crashed');
      return;
    }
    // A domain that is not persistent is gone once it has stopped.
    await this.refresh();
    this.entity.push('virtualmachine:control', 'shutdown');
  }

  async #defined(): Promise<void> {
    const isOwn = this.#expectedDefinitions > 0;
    if (isOwn) this.#expectedDefinitions -= 1;
    else this.entity.push('virtualmachine:definition', 'defined');
    if (this.#task !== 'renaming') await this.refresh();
  }

  async #undefined(): Promise<void> {
    if (this.#task === 'renaming') return;
    await this.refresh();
    this.entity.push('virtualmachine:definition', 'undefined');
  }
}
