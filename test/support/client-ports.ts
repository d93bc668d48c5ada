import type { Notice } from '../../core/contract/notices.ts';
import type { InventoryDelta } from '../../core/contract/inventory.ts';
import type { QueryState } from '../../core/contract/queries.ts';
import type { Run } from '../../core/contract/runs.ts';
import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { EntitySample } from '../../core/contract/statistics.ts';
import type { Account } from '../../core/contract/accounts.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Audience, ClientAnnouncer } from '../../client/client.ts';
import type {
  Keychain,
  KeychainFailure,
  PictureStore,
  Storage,
  StorageFailure,
  StoredLog,
} from '../../client/ports.ts';

/** Files in memory, as JSON, so that what is read back is never the very object that was saved. */
export class MemoryStorage implements Storage {
  readonly files = new Map<string, string>();
  readonly logs = new Map<string, string[]>();
  /** Answered instead of everything else, for disks that fail. */
  failure: StorageFailure | undefined;

  async load({ format }: { readonly format: string }): Promise<Result<unknown, StorageFailure>> {
    if (this.failure) return err(this.failure);
    const text = this.files.get(format);
    return ok(text === undefined ? undefined : (JSON.parse(text) as unknown));
  }

  async save(
    { format }: { readonly format: string },
    value: unknown,
  ): Promise<Result<undefined, StorageFailure>> {
    if (this.failure) return err(this.failure);
    this.files.set(format, JSON.stringify(value));
    return ok(undefined);
  }

  async remove({
    format,
  }: {
    readonly format: string;
  }): Promise<Result<undefined, StorageFailure>> {
    this.files.delete(format);
    return ok(undefined);
  }

  log({ format }: { readonly format: string }): StoredLog {
    const lines = this.logs.get(format) ?? [];
    this.logs.set(format, lines);
    return {
      read: async () => {
        return this.failure
          ? err(this.failure)
          : ok(lines.map((line) => JSON.parse(line) as unknown));
      },
      append: async (value) => {
        if (this.failure) return err(this.failure);
        lines.push(JSON.stringify(value));
        return ok(undefined);
      },
      rewrite: async (values) => {
        if (this.failure) return err(this.failure);
        lines.splice(0, lines.length, ...values.map((value) => JSON.stringify(value)));
        return ok(undefined);
      },
    };
  }
}

export class MemoryKeychain implements Keychain {
  readonly passwords = new Map<string, string>();
  failure: KeychainFailure | undefined;

  async get(jid: string): Promise<Result<string | undefined, KeychainFailure>> {
    return this.failure ? err(this.failure) : ok(this.passwords.get(jid));
  }

  async set(jid: string, password: string): Promise<Result<undefined, KeychainFailure>> {
    if (this.failure) return err(this.failure);
    this.passwords.set(jid, password);
    return ok(undefined);
  }

  async delete(jid: string): Promise<Result<undefined, KeychainFailure>> {
    if (this.failure) return err(this.failure);
    this.passwords.delete(jid);
    return ok(undefined);
  }
}

export class MemoryPictures implements PictureStore {
  readonly pictures = new Map<string, Uint8Array>();

  async read(hash: string): Promise<Uint8Array | undefined> {
    return this.pictures.get(hash);
  }

  async write(hash: string, png: Uint8Array): Promise<void> {
    this.pictures.set(hash, png);
  }
}

interface Told {
  accounts: readonly Account[];
  readonly deltas: InventoryDelta[];
  readonly notices: Notice[];
  readonly runs: Map<string, Run>;
  readonly queries: Map<string, QueryState[]>;
  readonly stanzas: StanzaRecord[];
  /** By window. */
  readonly samples: Map<string, readonly EntitySample[]>;
}

/** An audience that remembers what it was told, and lets tests wait for more. */
export class ListeningAudience implements Audience {
  readonly told: Told = {
    accounts: [],
    deltas: [],
    notices: [],
    runs: new Map(),
    queries: new Map(),
    stanzas: [],
    samples: new Map(),
  };
  readonly everyone: ClientAnnouncer;
  #waiting: (() => void)[] = [];

  constructor() {
    this.everyone = this.#announcer('');
  }

  window(windowId: number): ClientAnnouncer {
    return this.#announcer(`${windowId} `);
  }

  /** Resolves once the condition holds, looked at after each announcement. */
  async until<T>(condition: () => T | undefined | false): Promise<T> {
    for (;;) {
      const value = condition();
      if (value !== undefined && value !== false) return value;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #announcer(prefix: string): ClientAnnouncer {
    const { told } = this;
    const heard =
      <T>(take: (payload: T) => void) =>
      (payload: T) => {
        take(payload);
        for (const resolve of this.#waiting.splice(0)) resolve();
      };
    return {
      accounts: { changed: heard((accounts: readonly Account[]) => (told.accounts = accounts)) },
      inventory: { changed: heard((delta: InventoryDelta) => told.deltas.push(delta)) },
      notices: { added: heard((notice: Notice) => told.notices.push(notice)) },
      statistics: {
        sampled: heard((samples: readonly EntitySample[]) => {
          told.samples.set(prefix.trim(), [...(told.samples.get(prefix.trim()) ?? []), ...samples]);
        }),
      },
      runs: { changed: heard((run: Run) => told.runs.set(run.id, run)) },
      queries: {
        changed: heard(({ key, state }: { readonly key: string; readonly state: QueryState }) => {
          const states = told.queries.get(prefix + key) ?? [];
          told.queries.set(prefix + key, [...states, state]);
        }),
      },
      settings: { changed: heard(() => undefined) },
      stanzas: {
        added: heard((records: readonly StanzaRecord[]) => told.stanzas.push(...records)),
      },
    };
  }
}
