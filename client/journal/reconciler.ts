import type { AppError } from '../../core/contract/app-error.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { askOutcome, type Told } from './ask-outcome.ts';
import type { Asker, Finding } from './evidence.ts';
import { evidenceFor } from './evidence-table.ts';
import { isOpen, type JournalEntry } from './journal-entry.ts';
import type { Journal } from './journal.ts';

/** For how long "no" is heard on an unbroken link before it means more than "not yet". */
const GRACE_MS = 10_000;
/** How long after a question that failed the next one follows; twice as long each time, up to a minute. */
const PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;

/** An order that turned out to have been carried out. */
export interface CarriedOut {
  readonly entry: JournalEntry;
  /** The JID of the machine that it made, where the entity says so. */
  readonly made: string | undefined;
  /** When it was found out. */
  readonly at: number;
}

export interface ReconcilerDependencies {
  readonly journal: Journal;
  readonly clock: Clock;
  /** The way to ask on behalf of an account; undefined while it is not online. */
  readonly asker: (account: BareJid) => Asker | undefined;
  readonly nameOf: (entry: JournalEntry) => string;
  readonly carriedOut: (found: CarriedOut) => Promise<void>;
  readonly report: (cause: unknown) => void;
}

/** Finds out what became of orders whose answer never came, by asking; no order is given again. */
export class Reconciler {
  readonly #own: ReconcilerDependencies;
  readonly #asking = new Set<string>();
  /** Ends the pause after a question that failed. */
  readonly #pauses = new Map<string, () => void>();
  /** When "no" was first heard of an order on the link as it is now. */
  readonly #denied = new Map<string, number>();

  constructor(dependencies: ReconcilerDependencies) {
    this.#own = dependencies;
  }

  /** Asks after the open orders of an account, once it is online and knows who else is. */
  accountOnline(account: BareJid): void {
    for (const entry of this.#own.journal.open(account)) {
      // What was sent before the link stalled may have been sent again only now.
      this.#denied.delete(entry.id);
      this.follow(entry);
    }
  }

  /** An entity has come online: what was ordered of it can be asked. */
  entityOnline(account: BareJid, jid: BareJid): void {
    for (const entry of this.#own.journal.open(account)) {
      if (entry.jid === jid) this.follow(entry);
    }
  }

  /** Asks after one order until it is settled or cannot be asked after. */
  follow(entry: JournalEntry): void {
    this.#pauses.get(entry.id)?.();
    if (!isOpen(entry) || this.#asking.has(entry.id)) return;
    this.#asking.add(entry.id);
    this.#ask(entry)
      .catch((cause: unknown) => this.#own.report(cause))
      .finally(() => {
        this.#asking.delete(entry.id);
        this.#denied.delete(entry.id);
      });
  }

  /** Waits no more: to be called once no account is online. */
  stop(): void {
    for (const end of this.#pauses.values()) end();
  }

  async #ask(entry: JournalEntry): Promise<void> {
    for (let failures = 0; ;) {
      const asker = this.#own.asker(entry.account);
      if (!asker) return;
      const told = await this.#told(asker, entry);
      if (told === 'later') {
        await this.#pauseFor(entry, Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** failures));
        failures += 1;
        continue;
      }
      const rest = this.#restBefore(told, entry);
      if (rest <= 0) return this.#conclude(entry, told);
      await this.#pause(Math.min(PAUSE_MS, rest));
    }
  }

  /** The entity's own record decides; where it has none, its state does. */
  async #told(asker: Asker, entry: JournalEntry): Promise<Told | Finding | 'later'> {
    const told = await askOutcome(asker, entry, this.#own.nameOf(entry), () =>
      this.#own.clock.now(),
    );
    if (!told.ok) return 'later';
    return told.value.kind === 'nothing' ? this.#find(asker, entry) : told.value;
  }

  /** How many milliseconds to wait before what was heard counts. */
  #restBefore(told: Told | Finding, entry: JournalEntry): number {
    if (told === 'failed') return this.#graceLeft(entry);
    return typeof told === 'object' && told.kind === 'running' ? PAUSE_MS : 0;
  }

  /** How many milliseconds an order of which "no" is heard may still take. */
  #graceLeft({ id }: JournalEntry): number {
    const now = this.#own.clock.now();
    const since = this.#denied.get(id) ?? now;
    this.#denied.set(id, since);
    return since + GRACE_MS - now;
  }

  async #find(asker: Asker, entry: JournalEntry): Promise<Finding | 'later'> {
    const evidence = evidenceFor(entry.namespace, entry.action);
    if (!evidence) return 'cannot-tell';
    const { jid, input, baseline } = entry;
    const found = await evidence.find(asker, { jid, input, baseline });
    if (found.ok) return found.value;
    // It answers, but does not let itself be asked.
    const isRefused = ['denied', 'refused', 'unsupported'].includes(found.error.code);
    return isRefused ? 'cannot-tell' : 'later';
  }

  async #conclude(entry: JournalEntry, told: Told | Finding): Promise<void> {
    if (told === 'cannot-tell') {
      return this.#own.journal.record({ ...entry, state: 'unknown', isFinal: true });
    }
    if (told === 'done' || (told !== 'failed' && told.kind === 'done')) {
      await this.#own.journal.record({ ...entry, state: 'done', error: undefined });
      const made = told === 'done' ? undefined : told.made;
      await this.#own.carriedOut({ entry, made, at: this.#own.clock.now() });
      return;
    }
    const isRefused = told !== 'failed' && told.kind === 'failed';
    // By its state alone it is not known whether it got lost or was refused; that nothing changed is.
    const error: AppError = isRefused
      ? told.error
      : { code: 'not-sent', entity: this.#own.nameOf(entry) };
    return this.#own.journal.record({ ...entry, state: 'failed', error });
  }

  /** Ends at once when the entity comes online: it was gone, or only the question was lost. */
  async #pauseFor({ id }: JournalEntry, milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const callOff = this.#own.clock.after(milliseconds, resolve);
      this.#pauses.set(id, () => {
        callOff();
        resolve();
      });
    });
    this.#pauses.delete(id);
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#own.clock.after(milliseconds, resolve));
  }
}
