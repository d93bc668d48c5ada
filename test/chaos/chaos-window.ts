import * as v from 'valibot';
import type { Client } from '../../client/client.ts';
import { EntityId, type Entity } from '../../core/domain/entity.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import { InventoryStore } from '../../renderer/state/inventory-store.svelte.ts';
import type { ChaosAudience } from './chaos-audience.ts';

const PANEL = 'panel';

/** A window without a screen: the page's own mirror of the inventory, and panels that ask. */
export class ChaosWindow {
  readonly id: number;
  readonly #client: Client;
  readonly #store: InventoryStore;
  readonly #close: () => void;

  constructor(id: number, client: Client, audience: ChaosAudience) {
    this.id = id;
    this.#client = client;
    const { inventory } = client.handlers;
    this.#store = new InventoryStore({
      snapshot: () => inventory.snapshot(undefined, { windowId: id }),
      seen: ({ entity }) => inventory.seen({ entity: v.parse(EntityId, entity) }, { windowId: id }),
      changed: (take) => audience.open(id, take),
    });
    this.#close = this.#store.start();
  }

  /** What it shows of the platform. */
  entities(): readonly Entity[] {
    return this.#store.all();
  }

  /** Shows a machine in place of the last one: what it does, its figures, and all stanzas. */
  lookAt({ id }: Entity): void {
    const { queries, statistics, stanzas } = this.#client.handlers;
    const window = { windowId: this.id };
    const { namespace, name: action } = vmControl.info;
    const query = { entity: id, namespace, action, input: {} };
    void queries.open({ key: PANEL, query }, window);
    const watch = { key: PANEL, entities: [id], intervalSeconds: 1 };
    void statistics.watch(watch, window);
    void stanzas.open(undefined, window);
  }

  close(): void {
    this.#close();
    this.#client.windowClosed(this.id);
  }
}
