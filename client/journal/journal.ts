import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { given } from '../given.ts';
import type { Storage, StoredFile, StoredLog } from '../ports.ts';
import { redactData } from '../redaction.ts';
import type { RequestEngine } from '../requests/request-engine.ts';
import type { Asker } from './evidence.ts';
import { evidenceFor } from './evidence-table.ts';
import { isOpen, JournalEntry } from './journal-entry.ts';

/** How many settled entries are kept, in memory and from one run of the application to the next. */
const KEPT = 1000;
/** How many more may gather before the oldest go, so that not every order looks through all. */
const SLACK = 200;
/** From how many lines on the log is written anew, shorter; an order takes two or three. */
const LONG = 5000;

export interface JournalDependencies {
  readonly storage: Storage;
  /** Which log is this process's own: one that another process appends to must not be written anew. */
  readonly format: string;
  readonly clock: Clock;
  readonly createId: () => string;
  readonly changed: (entry: JournalEntry) => void;
  /** The log could not be read or written: outcomes would not survive a crash. */
  readonly failed: (error: AppError) => void;
}

/** The doors of one account through which an order goes. */
export interface OrderDoor {
  readonly account: BareJid;
  readonly engine: Pick<RequestEngine, 'tell'>;
  readonly asker: Asker;
}

/** On whose behalf an order is given. */
export interface OrderOptions {
  readonly run: string;
  /** The entity the command was given to, which need not be the one that carries it out. */
  readonly subject: EntityId;
  readonly signal: AbortSignal;
}

/** What is on record of every order: written down before it is sent, until its outcome is known. */
export class Journal {
  readonly #own: JournalDependencies;
  readonly #log: StoredLog;
  readonly #entries = new Map<string, JournalEntry>();
  readonly #inFlight = new Set<string>();
  /** How long the log is; unknown until it was read, for what could not be read is not written over. */
  #lines: number | undefined;
  #shortenAt = KEPT + SLACK;

  constructor(dependencies: JournalDependencies) {
    this.#own = dependencies;
    const { format } = dependencies;
    // Command lines run side by side; there is one application on a profile.
    const file: StoredFile = { format, version: 1, isShared: format !== 'journal' };
    this.#log = dependencies.storage.log(file);
  }

  /** Reads what earlier runs of the application left. */
  async load(): Promise<void> {
    const stored = await this.#log.read();
    if (!stored.ok) {
      this.#own.failed(stored.error);
      return;
    }
    for (const value of stored.value) {
      const entry = v.safeParse(JournalEntry, value);
      if (entry.success) this.#restore(entry.output);
    }
    this.#lines = stored.value.length;
    this.#shorten();
    await this.#keepLogShort();
  }

  /** What was settled stays so, wherever else it is on record from before. */
  #restore(entry: JournalEntry): void {
    const known = this.#entries.get(entry.id);
    if (!known || isOpen(known) || !isOpen(entry)) this.#entries.set(entry.id, entry);
  }

  get entries(): readonly JournalEntry[] {
    return [...this.#entries.values()];
  }

  /** Orders of an account whose outcome is not known, and whose own answer is not waited for any more. */
  open(account: BareJid): readonly JournalEntry[] {
    return this.entries.filter((entry) => {
      return entry.account === account && isOpen(entry) && !this.#inFlight.has(entry.id);
    });
  }

  /** Gives an order. The error `outcome-unknown` means that the journal goes on to find it out. */
  async perform<Request, Reply>(
    door: OrderDoor,
    action: Action<Request, Reply, 'set'>,
    jid: BareJid,
    input: Request,
    options: Partial<OrderOptions> = {},
  ): Promise<Result<Reply, AppError>> {
    const { namespace, name } = action;
    const baseline = await evidenceFor(namespace, name)?.baseline?.(door.asker, jid, input);
    const id = this.#own.createId();
    let entry: JournalEntry | undefined;
    const answer = await door.engine.tell(action, jid, input, {
      cause: 'command',
      ...given({ signal: options.signal }),
      stanzaId: id,
      beforeSending: async () => {
        entry = {
          id,
          stanzaId: id,
          account: door.account,
          jid,
          namespace,
          action: name,
          input: redactData(input),
          ...given({ baseline, run: options.run, subject: options.subject }),
          state: 'sent',
          sentAt: this.#own.clock.now(),
        };
        this.#inFlight.add(entry.id);
        await this.record(entry);
      },
    });
    if (entry) {
      this.#inFlight.delete(entry.id);
      await this.record(settle(entry, answer));
    }
    return answer;
  }

  /** Keeps the newest word on an order, on disk before it resolves. */
  async record(entry: JournalEntry): Promise<void> {
    this.#entries.set(entry.id, entry);
    if (this.#entries.size >= this.#shortenAt) this.#shorten();
    const appended = await this.#log.append(entry);
    if (!appended.ok) this.#own.failed(appended.error);
    this.#own.changed(entry);
    if (this.#lines !== undefined) this.#lines += 1;
    await this.#keepLogShort();
  }

  #shorten(): void {
    const settled = this.entries.filter((entry) => !isOpen(entry));
    for (const { id } of settled.slice(0, -KEPT)) this.#entries.delete(id);
    this.#shortenAt = this.#entries.size + SLACK;
  }

  async #keepLogShort(): Promise<void> {
    if (this.#lines === undefined || this.#lines < LONG) return;
    // Counted anew even if it fails: whatever is wrong with the disk, not every order tries again.
    this.#lines = this.#entries.size;
    const rewritten = await this.#log.rewrite(this.entries);
    if (!rewritten.ok) this.#own.failed(rewritten.error);
  }
}

/** The entity's answer decides; where there is none, nobody knows yet. */
function settle(entry: JournalEntry, answer: Result<unknown, AppError>): JournalEntry {
  if (answer.ok) return { ...entry, state: 'done' };
  const { error } = answer;
  return { ...entry, state: isUncertain(error) ? 'unknown' : 'failed', error };
}

/** Whether an order that ended so may have been carried out all the same. */
export function isUncertain({ code }: AppError): boolean {
  return ['outcome-unknown', 'damaged-reply', 'timed-out'].includes(code);
}
