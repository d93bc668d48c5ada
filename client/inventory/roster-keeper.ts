import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { KeptRoster, Roster, RosterItem } from '../../node/xmpp/roster.ts';
import type { Storage, StoredFile } from '../ports.ts';
import { MASK } from '../redaction.ts';

/** Pushes come in masses; the whole roster is kept once for all of them. */
const KEEP_AFTER_MS = 5000;

const Kept = v.object({ version: v.string(), items: v.array(v.unknown()) });
const SUBSCRIPTIONS: readonly unknown[] = ['none', 'to', 'from', 'both'];

export interface RosterKeeperDependencies {
  readonly account: BareJid;
  readonly storage: Storage;
  readonly clock: Clock;
}

/** The file that keeps the roster of an account. */
export function rosterFile(account: BareJid): StoredFile {
  // What a JID may hold is more than a file's name may.
  const name = createHash('sha1').update(account).digest('hex');
  return { format: `roster-${name}`, version: 1 };
}

/**
 * The roster of an account from one run to the next, so that the server need not tell one that has
 * not changed. Losing it costs only reading all of it.
 */
export class RosterKeeper {
  readonly #own: RosterKeeperDependencies;
  readonly #file: StoredFile;
  #saved: string | undefined;
  #saving: Promise<unknown> = Promise.resolve();
  #saveLater: (() => void) | undefined;
  #stop: () => void = () => undefined;

  constructor(dependencies: RosterKeeperDependencies) {
    this.#own = dependencies;
    this.#file = rosterFile(dependencies.account);
  }

  /** The roster of the last run; undefined where none was kept whole. */
  async recall(): Promise<KeptRoster | undefined> {
    const stored = await this.#own.storage.load(this.#file);
    const kept = v.safeParse(Kept, stored.ok ? stored.value : undefined);
    if (!kept.success) return undefined;
    const { version, items } = kept.output;
    if (!items.every(isItem)) return undefined;
    this.#saved = version;
    return { version, items: items.map((item) => ({ ...item, name: item.name })) };
  }

  /** Keeps a roster whenever it has changed. */
  follow(roster: Roster): void {
    const later = (): void => {
      this.#saveLater ??= this.#own.clock.after(KEEP_AFTER_MS, () => this.#save(roster));
    };
    const stops = [roster.on('loaded', later), roster.on('changed', later)];
    this.#stop = () => {
      for (const stop of stops) stop();
      if (this.#saveLater) this.#save(roster);
    };
  }

  /** Keeps what waits to be kept, and nothing after that. */
  async stop(): Promise<void> {
    this.#stop();
    await this.#saving;
  }

  #save({ version, items }: Roster): void {
    this.#saveLater?.();
    this.#saveLater = undefined;
    if (version === undefined || version === this.#saved) return;
    this.#saved = version;
    this.#saving = this.#own.storage.save(this.#file, { version, items: [...items.values()] });
  }
}

/** Written by hand: a schema would take longer for thousands of contacts than the server's answer does. */
function isItem(value: unknown): value is RosterItem {
  if (typeof value !== 'object' || value === null) return false;
  const { jid, name, groups, subscription, isAsked } = value as Partial<Record<string, unknown>>;
  return (
    isText(jid) &&
    (name === undefined || isText(name)) &&
    Array.isArray(groups) &&
    groups.every(isText) &&
    SUBSCRIPTIONS.includes(subscription) &&
    typeof isAsked === 'boolean'
  );
}

/** What looked like a secret was left out of the file, and is to be read anew. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes(MASK);
}
