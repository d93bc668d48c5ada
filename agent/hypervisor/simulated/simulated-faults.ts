import type { Result } from '../../../core/lib/result.ts';
import type { Domains } from '../domains.ts';
import type { HypervisorError } from '../hypervisor-error.ts';
import type { Hypervisor } from '../hypervisor.ts';
import type { DomainStore } from './domain-store.ts';

export type CallName = keyof Domains | keyof Hypervisor;

/** A failure to come: before anything was done, or when only the answer is missing. */
export interface CallFault {
  readonly error: HypervisorError;
  readonly when: 'before' | 'after';
}

interface Connection {
  lose(message: string): void;
  restore(): void;
}

/** Makes things go wrong on a simulated hypervisor. */
export class SimulatedFaults {
  readonly #store: DomainStore;
  readonly #connection: Connection;
  readonly #failures = new Map<CallName, CallFault[]>();
  #isLost = false;

  constructor(store: DomainStore, connection: Connection) {
    this.#store = store;
    this.#connection = connection;
  }

  /** Whether the daemon is away now. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Lets the next call of that name fail; several queue up. */
  failNext(name: CallName, error: HypervisorError, when: CallFault['when'] = 'before'): void {
    const queue = this.#failures.get(name) ?? [];
    queue.push({ error, when });
    this.#failures.set(name, queue);
  }

  /** The daemon goes away; guests run on, and what happens to them is not told. */
  loseDaemon(): void {
    this.#isLost = true;
    this.#connection.lose('The hypervisor daemon closed the connection');
  }

  /** The daemon comes back. */
  returnDaemon(): void {
    this.#isLost = false;
    this.#connection.restore();
  }

  /** The guest's kernel gives up. */
  crashGuest(uuid: string): Result<void, HypervisorError> {
    const domain = this.#store.byUuid(uuid);
    return domain.ok ? domain.value.panic() : domain;
  }

  /** The guest's process is killed. */
  killGuest(uuid: string): Result<void, HypervisorError> {
    const domain = this.#store.byUuid(uuid);
    return domain.ok ? domain.value.kill() : domain;
  }

  /** The failure that a call meets, if one waits for it. */
  take(name: CallName): CallFault | undefined {
    return this.#failures.get(name)?.shift();
  }
}
