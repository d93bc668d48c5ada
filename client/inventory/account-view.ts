import { entityId, type Entity, type EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { ContactFacts } from './contact.ts';
import type { ContactPatch, Inventory } from './inventory.ts';

/** The inventory as one account sees it. */
export class AccountView {
  readonly account: BareJid;
  readonly #inventory: Inventory;

  constructor(inventory: Inventory, account: BareJid) {
    this.#inventory = inventory;
    this.account = account;
  }

  id(jid: BareJid): EntityId {
    return entityId(this.account, jid);
  }

  entity(jid: BareJid): Entity | undefined {
    return this.#inventory.entity(this.id(jid));
  }

  facts(jid: BareJid): ContactFacts | undefined {
    return this.#inventory.facts(this.id(jid));
  }

  contacts(): readonly ContactFacts[] {
    return this.#inventory.contactsOf(this.account);
  }

  nameOf(jid: BareJid): string {
    return this.entity(jid)?.name ?? jid;
  }

  /** Adds a contact, or takes in what was learned of it. */
  learn(jid: BareJid, patch: ContactPatch): void {
    this.#inventory.learn(this.account, jid, patch);
  }

  /** Takes something in of a contact that is known; of others nothing is kept. */
  learnKnown(jid: BareJid, patch: ContactPatch): void {
    this.#inventory.learnKnown(this.account, jid, patch);
  }

  remove(jid: BareJid): void {
    this.#inventory.remove(this.account, jid);
  }

  setLive(isLive: boolean): void {
    this.#inventory.setLive(this.account, isLive);
  }
}
