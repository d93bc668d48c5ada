import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { writeHypervisorPresence } from '../../core/protocol/agent-presence.ts';
import type { AgentEntity } from '../entities/agent-entity.ts';
import { describeRefusal } from '../entities/describe-failure.ts';
import type { ListedDomain } from '../hypervisor/domain.ts';
import type { Hypervisor, HypervisorIdentity } from '../hypervisor/hypervisor.ts';
import type { Logger } from '../log/logger.ts';
import type { AgentStore, MachineRecord } from '../store/agent-store.ts';
import { logLifecycle } from './lifecycle-log.ts';
import { Machine } from './machine.ts';
import type { HostFailure } from './host-failure.ts';
import { MachineLedger, sharedName } from './machine-ledger.ts';
import type { MachineFiles } from './machine-files.ts';

const LIBVIRT_PATIENCE_MS = 2000;

/** Told of each machine that is managed from now on, or no more. */
export type MachineListener = (machine: Machine, isManaged: boolean) => void;

export interface HostParts {
  readonly hypervisor: Hypervisor;
  readonly store: AgentStore;
  readonly files: MachineFiles;
  readonly logger: Logger;
  readonly domain: string;
  readonly now: () => Date;
  /** Makes the entity of a machine; `invite` is called each time it comes online or goes on. */
  readonly createEntity: (machine: Machine, invite: () => Promise<void>) => Promise<AgentEntity>;
}

/** The virtual machines of one hypervisor: which there are, and what libvirt says happens to them. */
export class HypervisorHost {
  readonly hypervisor: Hypervisor;
  readonly files: MachineFiles;
  readonly logger: Logger;
  readonly #parts: HostParts;
  readonly #machines = new Map<string, Machine>();
  readonly #ledger: MachineLedger;
  #entity: AgentEntity | undefined;
  #identity: HypervisorIdentity | undefined;
  #isConnected = false;
  #isStarted = false;
  #isAllocating = false;
  #stops: readonly (() => void)[] = [];
  readonly #machineListeners = new Set<MachineListener>();

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.hypervisor = parts.hypervisor;
    this.files = parts.files;
    this.logger = parts.logger;
    this.#ledger = new MachineLedger(parts.store.machines, parts.logger);
  }

  get entity(): AgentEntity {
    if (!this.#entity) throw new Error('The hypervisor has no entity yet');
    return this.#entity;
  }

  get identity(): HypervisorIdentity | undefined {
    return this.#identity;
  }

  /** Undefined before the hypervisor was ever reached. */
  get driver(): string | undefined {
    return this.#identity?.driver;
  }

  machines(): readonly Machine[] {
    return [...this.#machines.values()];
  }

  find(uuid: string): Machine | undefined {
    return this.#machines.get(uuid.toLowerCase());
  }

  /** By the node of a JID: a machine's is its UUID. */
  findByJid(jid: string): Machine | undefined {
    return this.find(parseJid(jid)?.node ?? jid);
  }

  /** Tells of machines that come and go until the returned function is called. */
  onMachine(listener: MachineListener): () => void {
    this.#machineListeners.add(listener);
    return () => this.#machineListeners.delete(listener);
  }

  /** Brings the entity and all machines that were managed before online, and listens to libvirt. */
  async start(entity: AgentEntity, records: readonly MachineRecord[]): Promise<void> {
    this.#entity = entity;
    this.#stops = [
      this.hypervisor.onConnection((event) => {
        this.#isConnected = event.state === 'connected';
        if (event.state === 'connected') this.#meet(event.identity);
        else this.logger.error(`LIBVIRT connection lost: ${event.error.message}`);
        void this.refresh();
      }),
      this.hypervisor.domains.onEvent((event) => {
        const machine = this.find(event.uuid);
        const logger = machine?.entity.logger ?? this.logger;
        void logLifecycle(event, this.hypervisor.domains, logger);
        void machine?.receive(event);
      }),
    ];
    entity.show(writeHypervisorPresence({ state: 'available', activity: 'initializing' }));
    entity.start();
    this.#ledger.begin(records);
    const connecting = this.hypervisor.connect();
    // The entities name the driver in their vCards; a daemon that hangs must not hold them up.
    await Promise.race([connecting, new Promise((go) => setTimeout(go, LIBVIRT_PATIENCE_MS))]);
    for (const record of records) await this.#adopt(record);
    const connected = await connecting;
    if (!connected.ok) this.logger.error(`LIBVIRT cannot be reached: ${connected.error.message}`);
    this.#isStarted = true;
    await this.refresh();
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    await Promise.all(this.machines().map((machine) => machine.entity.stop()));
    await this.#entity?.stop();
    await this.hypervisor.close();
  }

  /** Shows what the hypervisor and each machine do now. */
  async refresh(): Promise<void> {
    this.#showOwnPresence();
    await Promise.all(this.machines().map((machine) => machine.refresh()));
  }

  /** Manages a machine from now on, and keeps it over restarts. */
  async add(record: MachineRecord): Promise<Result<Machine, HostFailure>> {
    const saved = await this.#ledger.change((records) => {
      if (records.some((one) => one.uuid === record.uuid)) {
        return err({ code: 'already-managed', uuid: record.uuid });
      }
      // Asked before as well, but two may want the same name at the same time.
      const next = [...records, record];
      const taken = sharedName(next, record.uuid);
      return taken === undefined ? ok(next) : err(nameTaken(taken));
    });
    if (!saved.ok) return saved;
    const machine = await this.#adopt(record);
    await machine.refresh();
    this.#showOwnPresence();
    return ok(machine);
  }

  /**
   * Manages a machine no more: its grants and the record of its orders go, its domain and files stay.
   * Its entity is still there, for the caller to erase once it has answered.
   */
  async remove(machine: Machine): Promise<Result<undefined, HostFailure>> {
    const saved = await this.#ledger.change((records) =>
      ok(records.filter(({ uuid }) => uuid !== machine.uuid)),
    );
    if (!saved.ok) return saved;
    this.#machines.delete(machine.uuid);
    for (const tell of this.#machineListeners) tell(machine, false);
    await this.#parts.store.forget(machine.uuid);
    this.#showOwnPresence();
    return ok(undefined);
  }

  /** Erases a removed machine that was asked itself, and what its last answer put on record. */
  async leave(machine: Machine): Promise<void> {
    await machine.entity.erase();
    await this.#parts.store.forget(machine.uuid);
  }

  /** Changes what is kept of a machine. */
  async update(
    machine: Machine,
    change: (record: MachineRecord) => MachineRecord,
  ): Promise<Result<undefined, HostFailure>> {
    const saved = await this.#ledger.change((records) => {
      const next = records.map((one) => (one.uuid === machine.uuid ? change(one) : one));
      const own = (all: readonly MachineRecord[]) => all.find(({ uuid }) => uuid === machine.uuid);
      // Names that were the same from the start are no reason to keep nothing else any more.
      const isRenamed = own(next)?.name !== own(records)?.name;
      const taken = isRenamed ? sharedName(next, machine.uuid) : undefined;
      return taken === undefined ? ok(next) : err(nameTaken(taken));
    });
    if (saved.ok) machine.update(change(machine.record));
    return saved;
  }

  /** Domains of libvirt that nobody manages; none while libvirt is away. */
  async strangers(): Promise<readonly ListedDomain[]> {
    const listed = await this.hypervisor.domains.list();
    if (!listed.ok) return [];
    return listed.value.filter(({ uuid, persistent }) => persistent && !this.find(uuid));
  }

  /** Whether a name can be given to a machine; its own does not count against it. */
  async checkName(name: string, own?: Machine): Promise<Result<undefined, HostFailure>> {
    const folded = name.toLowerCase();
    const isManaged = this.machines().some(
      (one) => one !== own && one.record.name.toLowerCase() === folded,
    );
    if (isManaged) return err({ code: 'name-taken', name, byManaged: true });
    const strangers = await this.strangers();
    const isStranger = strangers.some((one) => one.name === name);
    return isStranger ? err({ code: 'name-taken', name, byManaged: false }) : ok(undefined);
  }

  /** Shows that something is being allocated while it is. */
  async allocating<T>(work: () => Promise<T>): Promise<T> {
    this.#isAllocating = true;
    this.#showOwnPresence();
    try {
      return await work();
    } finally {
      this.#isAllocating = false;
      this.#showOwnPresence();
    }
  }

  jidOf(uuid: string): BareJid {
    const jid = parseJid(`${uuid}@${this.#parts.domain}`);
    if (!jid) throw new Error(`No JID: ${uuid}@${this.#parts.domain}`);
    return jid.bare;
  }

  async #adopt(record: MachineRecord): Promise<Machine> {
    const machine = new Machine(record, this.hypervisor, this.#parts.now);
    const entity = await this.#parts.createEntity(machine, () => this.#invite(machine));
    machine.attach(entity);
    this.#machines.set(machine.uuid, machine);
    for (const tell of this.#machineListeners) tell(machine, true);
    entity.start();
    return machine;
  }

  /** Who asked for a machine is asked once to become its contact. */
  async #invite(machine: Machine): Promise<void> {
    const { requester, name } = machine.record;
    if (requester === undefined) return;
    const invited = await machine.entity.invite(requester, name);
    if (!invited.ok) {
      // Kept on record: it is sent when the link goes on, or at the next start.
      const why = describeRefusal(invited.error);
      machine.entity.logger.warning(`XMPP could not invite ${requester}: ${why}`);
      return;
    }
    await this.update(machine, ({ requester: _done, ...rest }) => rest);
  }

  /** What happened while libvirt was away is never told. */
  #meet(identity: HypervisorIdentity): void {
    this.#identity = identity;
    for (const machine of this.machines()) machine.forgetExpectations();
  }

  #showOwnPresence(): void {
    if (!this.#entity || !this.#isStarted) return;
    if (!this.#isConnected) {
      this.#entity.show(writeHypervisorPresence({ state: 'libvirt-lost' }));
      return;
    }
    const busy = this.#isAllocating ? ({ activity: 'allocating' } as const) : {};
    const machines = this.#machines.size;
    this.#entity.show(writeHypervisorPresence({ state: 'available', machines, ...busy }));
  }
}

function nameTaken(name: string): HostFailure {
  return { code: 'name-taken', name, byManaged: true };
}
