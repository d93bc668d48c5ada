import type { Entity, EntityState } from '../../core/domain/entity.ts';
import { domainOf, parseJid, type BareJid } from '../../core/domain/jid.ts';
import { CRASHED } from '../../core/protocol/presence-words.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { PresenceTable, ResourcePresence } from '../../node/xmpp/presence-table.ts';
import type { SliceQueue } from '../slices.ts';
import type { AccountView } from './account-view.ts';
import { isMachineJid } from './entity-kind.ts';

/** Original agents say "Crashed" before each clean "Off"; only one that lasts is believed. */
const CRASH_DOUBT_MS = 1500;
/** How long nobody must have been heard of before silence means offline. */
const SETTLING_MS = 2000;
/** Where somebody is always heard of, everybody has been by then. */
const LONGEST_SETTLING_MS = 30_000;

export interface PresenceIntakeDependencies {
  readonly table: PresenceTable;
  readonly view: AccountView;
  readonly queue: SliceQueue;
  readonly clock: Clock;
  /** A contact has come online that was not before. */
  readonly arrived: (jid: BareJid) => void;
  /** A contact that was online is gone. */
  readonly departed: (jid: BareJid) => void;
  /** While it was followed, a machine crashed, or a hypervisor lost libvirt or left. */
  readonly failed: (jid: BareJid, state: EntityState) => void;
  /** An entity whose agent had lost libvirt is back: what it said meanwhile left out what libvirt knows. */
  readonly recovered: (jid: BareJid) => void;
  /** A presence of a contact was taken in. */
  readonly heard: (jid: BareJid) => void;
  /** A contact says that its vCard is another one now. */
  readonly vcardChanged: (jid: BareJid) => void;
  /** After a log-in, all who are online have been heard. */
  readonly settled: () => void;
}

/** Takes presences into the inventory, many at once and each contact once. */
export class PresenceIntake {
  readonly #own: PresenceIntakeDependencies;
  readonly #waiting = new Set<BareJid>();
  readonly #doubts = new Map<BareJid, () => void>();
  #settling: (() => void) | undefined;
  #begunAt = 0;
  #heardAt = 0;

  constructor(dependencies: PresenceIntakeDependencies) {
    this.#own = dependencies;
    dependencies.table.on('changed', ({ jid, presence }) => {
      const bare = parseJid(jid)?.bare;
      if (bare === undefined || bare === dependencies.view.account) return;
      if (changesVcard(presence)) dependencies.vcardChanged(bare);
      this.#heard(bare);
    });
  }

  /** A log-in: everybody will be heard anew, and those who stay silent are offline. */
  begin(): void {
    this.#begunAt = this.#own.clock.now();
    this.#heardAt = this.#begunAt;
    this.#settling?.();
    this.#settleAfter(SETTLING_MS);
  }

  /** Takes in what was heard of a contact before it was known. */
  catchUp(jid: BareJid): void {
    if (this.#own.table.of(jid).length > 0 || !this.#settling) this.#take(jid);
  }

  stop(): void {
    this.#settling?.();
    this.#settling = undefined;
    for (const calledOff of this.#doubts.values()) calledOff();
    this.#doubts.clear();
  }

  #heard(jid: BareJid): void {
    if (this.#settling) this.#heardAt = this.#own.clock.now();
    this.#doubts.get(jid)?.();
    this.#doubts.delete(jid);
    if (this.#isDoubtful(jid)) {
      const take = () => {
        this.#doubts.delete(jid);
        this.#take(jid);
      };
      this.#doubts.set(jid, this.#own.clock.after(CRASH_DOUBT_MS, take));
      return;
    }
    if (this.#waiting.has(jid)) return;
    this.#waiting.add(jid);
    this.#own.queue.push(() => this.#take(jid));
  }

  #isDoubtful(jid: BareJid): boolean {
    const [best] = this.#own.table.of(jid);
    // The first presence after a log-in says what is so, as one does that the server kept.
    const isFirst = this.#settling !== undefined && !this.#own.view.facts(jid)?.presences.length;
    const isNews = best?.presence.delayed === undefined && !isFirst;
    return isNews && best?.presence.status === CRASHED && isMachineJid(jid);
  }

  #take(jid: BareJid, isBurst = this.#settling !== undefined): void {
    this.#waiting.delete(jid);
    const { table, view, clock } = this.#own;
    const before = isBurst ? undefined : view.entity(jid)?.state;
    const wasOnline = (view.facts(jid)?.presences.length ?? 0) > 0;
    const presences = table.of(jid);
    const isGone = wasOnline && presences.length === 0;
    const end = isGone ? { offlineSince: isBurst ? 0 : clock.now() } : {};
    view.learnKnown(jid, { presences, isHeard: true, isBurst, ...end });
    this.#compare(jid, before);
    this.#tellHost(jid, presences[0]?.resource);
    this.#tellOthers(jid, wasOnline, presences.length > 0);
  }

  #compare(jid: BareJid, before: EntityState | undefined): void {
    // To describe it costs more than all else that a presence does, and at a log-in nothing is compared.
    if (!isUp(before)) return;
    const { view, clock, failed, recovered } = this.#own;
    const now = view.entity(jid);
    if (!now || now.state === before) return;
    if (isFailure(now)) failed(jid, now.state);
    if (before === 'libvirt-lost' && isUp(now.state)) recovered(jid);
    if (now.kind !== 'hypervisor' || now.state !== 'offline') return;
    // A server that stops takes leave of everybody first, and an agent that restarts is soon back.
    clock.after(CRASH_DOUBT_MS, () => {
      const later = view.entity(jid);
      if (later?.state === 'offline' && !later.stale) failed(jid, later.state);
    });
  }

  #tellOthers(jid: BareJid, wasOnline: boolean, isOnline: boolean): void {
    if (isOnline) this.#own.heard(jid);
    if (isOnline && !wasOnline) this.#own.arrived(jid);
    if (wasOnline && !isOnline) this.#own.departed(jid);
  }

  /** An agent gives its machines its own node part as their resource. */
  #tellHost(jid: BareJid, resource: string | undefined): void {
    if (resource === undefined || !isMachineJid(jid)) return;
    const host = parseJid(`${resource}@${domainOf(jid)}`)?.bare;
    const facts = host === undefined ? undefined : this.#own.view.facts(host);
    if (facts && !facts.runsMachines) this.#own.view.learnKnown(facts.jid, { runsMachines: true });
  }

  #settleAfter(delayMs: number): void {
    const { clock, queue } = this.#own;
    this.#settling = clock.after(delayMs, () => {
      const quietAt = Math.min(this.#heardAt + SETTLING_MS, this.#begunAt + LONGEST_SETTLING_MS);
      const restMs = Math.min(quietAt - clock.now(), SETTLING_MS);
      this.#settling = undefined;
      if (restMs > 0) this.#settleAfter(restMs);
      else queue.push(() => this.#settle());
    });
  }

  #settle(): void {
    const { view, table, settled } = this.#own;
    for (const { jid, isHeard, presences } of view.contacts()) {
      // Who was online before the link was lost, and was not heard since, is gone.
      const isGone = presences.length > 0 && table.of(jid).length === 0;
      if (!isHeard || isGone) this.#take(jid, true);
    }
    settled();
  }
}

/** With a hash, it is seen whether anything changed; without one, it is taken at its word. */
function changesVcard(presence: ResourcePresence | undefined): boolean {
  return presence?.presence.vcardChanged === true && presence.photoHash === undefined;
}

/** Only of what was heard before can be said that something happened to it. */
function isUp(state: EntityState | undefined): boolean {
  return state !== undefined && state !== 'unknown' && state !== 'offline';
}

function isFailure({ kind, state }: Entity): boolean {
  return state === 'crashed' || (kind === 'hypervisor' && state === 'libvirt-lost');
}
