import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { EntityId, type Entity } from '../../core/domain/entity.ts';
import { BareJid } from '../../core/domain/jid.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'inventory', version: 1 };
/** All is written each time: the more there is, the seldomer, so that it takes the same share of the time. */
const SAVE_AFTER_MS = 5000;
const SAVE_AFTER_MS_EACH = 1;

const Text = v.pipe(v.string(), v.maxLength(10_000));
const States = v.picklist([
  'running',
  'paused',
  'off',
  'undefined',
  'shutting-down',
  'crashed',
  'migrating',
  'busy',
  'libvirt-lost',
  'available',
  'away',
  'offline',
  'unknown',
]);

/** What is kept of an entity; permissions, unread and fault marks belong to one run alone. */
const CachedEntity = v.object({
  id: EntityId,
  account: BareJid,
  jid: BareJid,
  kind: v.picklist(['hypervisor', 'virtualmachine', 'central-agent', 'user']),
  name: Text,
  groups: v.array(Text),
  subscription: v.picklist(['none', 'to', 'from', 'both']),
  pending: v.boolean(),
  state: States,
  progress: v.exactOptional(v.number()),
  status: Text,
  since: v.number(),
  hypervisor: v.exactOptional(EntityId),
  tags: v.array(Text),
  avatar: v.exactOptional(Text),
});

const Cache = v.object({ savedAt: v.number(), entities: v.array(v.unknown()) });

export interface CachedInventory {
  readonly savedAt: number;
  readonly entities: readonly Entity[];
}

export interface InventoryCacheDependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  /** What is to be saved. */
  readonly entities: () => readonly Entity[];
  readonly failed: (error: AppError) => void;
}

/** The inventory as it was when the application last ran, so that it opens with it. */
export class InventoryCache {
  readonly #own: InventoryCacheDependencies;
  #saveLater: (() => void) | undefined;
  #isClosed = false;
  #delayMs = SAVE_AFTER_MS;

  constructor(dependencies: InventoryCacheDependencies) {
    this.#own = dependencies;
  }

  async load(): Promise<CachedInventory | undefined> {
    const stored = await this.#own.storage.load(FILE);
    if (!stored.ok) {
      this.#own.failed(stored.error);
      return undefined;
    }
    const cache = v.safeParse(Cache, stored.value);
    if (!cache.success) return undefined;
    // A damaged entity is left out and harms no other.
    const entities = cache.output.entities.flatMap((one) => {
      const entity = v.safeParse(CachedEntity, one);
      return entity.success ? [revived(entity.output)] : [];
    });
    return { savedAt: cache.output.savedAt, entities };
  }

  changed(): void {
    if (this.#isClosed) return;
    this.#saveLater ??= this.#own.clock.after(this.#delayMs, () => void this.flush());
  }

  /** Saves what is known while the accounts are still connected; what they say when they end is not kept. */
  async close(): Promise<void> {
    this.changed();
    this.#isClosed = true;
    await this.flush();
  }

  async flush(): Promise<void> {
    if (!this.#saveLater) return;
    this.#saveLater();
    this.#saveLater = undefined;
    const { storage, clock, failed } = this.#own;
    const entities = this.#own.entities();
    this.#delayMs = Math.max(SAVE_AFTER_MS, entities.length * SAVE_AFTER_MS_EACH);
    const saved = await storage.save(FILE, { savedAt: clock.now(), entities });
    if (!saved.ok) failed(saved.error);
  }
}

function revived(cached: v.InferOutput<typeof CachedEntity>): Entity {
  return { ...cached, permissions: 'unknown', stale: true, unread: 0 };
}
