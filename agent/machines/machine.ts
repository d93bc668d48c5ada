import type { BareJid } from '../../core/domain/jid.ts';
import type { Vcard } from '../../core/protocol/vcard.ts';
import { writeVmPresence, type VmPresence } from '../../core/protocol/vm-presence.ts';
import type { AgentEntity } from '../entities/agent-entity.ts';
import type { DomainEvent, LifecycleName } from '../hypervisor/domain-event.ts';
import type { Domain, DomainInfo } from '../hypervisor/domain.ts';
import type { Hypervisor } from '../hypervisor/hypervisor.ts';
import type { HypervisorReply } from '../hypervisor/hypervisor-error.ts';
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
  readonly #now: () => Date;
  #record: MachineRecord;
  #entity: AgentEntity | undefined;
  #task: MachineTask | undefined;
  /** Own definitions that libvirt will tell of; they are pushed by who made them. */
  #expectedDefinitions = 0;
  /** Counts what was heard of the domain. */
  #news = 0;

  constructor(record: MachineRecord, hypervisor: Hypervisor, now: () => Date) {
    this.#record = record;
    this.#hypervisor = hypervisor;
    this.#now = now;
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

  /** Without a picture. `driver` is undefined before the hypervisor was ever reached. */
  vcard(driver: string | undefined): Vcard {
    const { name, organisation } = this.#record;
    const suffix = driver === undefined ? '' : ` (${driver.toUpperCase()})`;
    const title = `Virtual machine${suffix}`;
    return { ...organisation, fullName: name, role: 'virtualmachine', title };
  }

  /** Takes the machine for a task until what is given back is called; nothing while it has one. */
  begin(task: MachineTask): (() => void) | undefined {
    if (this.#task !== undefined) return undefined;
    this.#task = task;
    return () => (this.#task = undefined);
  }

  /** Does some work during which other orders are refused, or what is said while it has a task. */
  async during<T>(
    task: MachineTask,
    refused: (running: MachineTask | undefined) => T,
    work: () => Promise<T>,
  ): Promise<T> {
    const end = this.begin(task);
    if (!end) return refused(this.#task);
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** Waits no more for what libvirt will not tell: a connection was lost since. */
  forgetExpectations(): void {
    this.#expectedDefinitions = 0;
  }

  show(presence: VmPresence): void {
    this.entity.show(writeVmPresence(presence, this.entity.presence.show));
  }

  /** Asks the hypervisor what the domain does, and shows it. */
  async refresh(): Promise<void> {
    await this.#look();
  }

  async #look(): HypervisorReply<DomainInfo> {
    this.#news += 1;
    const asked = this.#news;
    const info = await this.#hypervisor.domains.info(this.uuid);
    if (info.ok) this.cpu.begin(info.value.cpuTimeNs, this.#now().getTime());
    // What was learnt while the answer was on its way is newer than the answer.
    if (asked === this.#news && this.#task !== 'cloning') {
      this.show(info.ok ? presenceOf(info.value) : presenceWithout(info.error));
    }
    return info;
  }

  /** Defines the domain; the `defined` event of it is our own doing and pushed by who did it. */
  async define(text: string): HypervisorReply<Domain> {
    this.#expectedDefinitions += 1;
    const defined = await this.#hypervisor.domains.defineXml(text);
    if (!defined.ok && this.#expectedDefinitions > 0) this.#expectedDefinitions -= 1;
    return defined;
  }

  /** Shows and pushes what happened to the domain, whoever did it. */
  async receive(event: DomainEvent): Promise<void> {
    if (this.#task === 'migrating' || event.detail === 'migrated') return;
    this.#news += 1;
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
    // A domain that is not persistent is gone once it has stopped; one whose process was killed has crashed.
    const info = await this.#look();
    const change = info.ok && info.value.hasCrashed ? 'crashed' : 'shutdown';
    this.entity.push('virtualmachine:control', change);
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
