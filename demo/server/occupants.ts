import type { BareJid } from '../../core/domain/jid.ts';
import { type Occupant, Session } from './session.ts';

const NOBODY: ReadonlyMap<string, Occupant> = new Map();

/** Every bound resource, by account. */
export class Occupants {
  readonly #byAccount = new Map<BareJid, Map<string, Occupant>>();
  readonly #resumable = new Map<string, Session>();

  /** Adds a resource; one of the same name ends with a conflict. */
  add(occupant: Occupant): void {
    this.#byAccount.get(occupant.bare)?.get(occupant.resource)?.expel('conflict');
    let resources = this.#byAccount.get(occupant.bare);
    if (!resources) {
      resources = new Map();
      this.#byAccount.set(occupant.bare, resources);
    }
    resources.set(occupant.resource, occupant);
  }

  remove(occupant: Occupant): void {
    const resources = this.#byAccount.get(occupant.bare);
    if (resources?.get(occupant.resource) !== occupant) return;
    resources.delete(occupant.resource);
    if (resources.size === 0) this.#byAccount.delete(occupant.bare);
    if (occupant instanceof Session && occupant.management) {
      this.#resumable.delete(occupant.management.id);
    }
  }

  has(occupant: Occupant): boolean {
    return this.#byAccount.get(occupant.bare)?.get(occupant.resource) === occupant;
  }

  /** The bound resources of an account. */
  of(bare: BareJid): Iterable<Occupant> {
    return (this.#byAccount.get(bare) ?? NOBODY).values();
  }

  find(bare: BareJid, resource: string): Occupant | undefined {
    return this.#byAccount.get(bare)?.get(resource);
  }

  /** The resources that have sent presence. */
  available(bare: BareJid): Occupant[] {
    return [...this.of(bare)].filter((occupant) => occupant.presence !== undefined);
  }

  /** The accounts that have an available resource, sorted. */
  onlineAccounts(): BareJid[] {
    return [...this.#byAccount.keys()].filter((bare) => this.available(bare).length > 0).sort();
  }

  /** Remembers a session under the name by which its client comes back. */
  rememberResumable(id: string, session: Session): void {
    this.#resumable.set(id, session);
  }

  resumable(id: string, bare: BareJid): Session | undefined {
    const session = this.#resumable.get(id);
    return session?.bare === bare ? session : undefined;
  }
}
