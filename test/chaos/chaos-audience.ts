import type { ClientAnnouncer } from '../../client/client.ts';
import type { InventoryDelta } from '../../core/contract/inventory.ts';
import { ListeningAudience } from '../support/client-ports.ts';

type Take = (delta: InventoryDelta) => void;

/** Windows that come and go: each hears what is told to it, and nothing is kept of what they heard. */
export class ChaosAudience extends ListeningAudience {
  /** Windows that were told something when they had been closed. */
  readonly toldLate = new Set<number>();
  readonly #open: Map<number, Take>;

  /** `first` is the window that the application has from the start. */
  constructor(first: number) {
    super();
    this.#open = new Map([[first, () => undefined]]);
  }

  /** The window hears of the inventory until the returned function is called. */
  open(windowId: number, take: Take): () => void {
    this.#open.set(windowId, take);
    return () => {
      this.#open.delete(windowId);
    };
  }

  override window(windowId: number): ClientAnnouncer {
    const take = this.#open.get(windowId);
    if (!take) this.toldLate.add(windowId);
    const announcer = super.window(windowId);
    const changed: Take = (delta) => {
      take?.(delta);
      announcer.inventory.changed(delta);
      this.told.deltas.length = 0;
      this.told.notices.length = 0;
    };
    return {
      ...announcer,
      inventory: { changed },
      queries: { changed: () => undefined },
      stanzas: { added: () => undefined },
      statistics: { sampled: () => undefined },
    };
  }
}
