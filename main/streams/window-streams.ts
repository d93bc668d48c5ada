import type { AppError } from '../../core/contract/app-error.ts';
import { type EntityId, isOfAccount } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { windowKey } from '../ipc/window-key.ts';
import type { Streams } from './streams.ts';

/** What a window has open of an entity: without a stream while it is found out where it leads. */
export interface Held {
  readonly entity: EntityId;
  stream: number | undefined;
}

type Order = Parameters<Streams['tell']>[1];

/** What windows have open, each under the window's own name for it. */
export class WindowStreams<One extends Held> {
  readonly #streams: Pick<Streams, 'tell'>;
  readonly #held = new Map<string, One>();

  constructor(streams: Pick<Streams, 'tell'>) {
    this.#streams = streams;
  }

  /** Takes the place of what the window had under that name; returns whether it still has it. */
  put(windowId: number, key: string, held: One): () => boolean {
    const name = nameOf(windowId, key);
    this.#close(name);
    this.#held.set(name, held);
    return () => this.#held.get(name) === held;
  }

  get(windowId: number, key: string): One | undefined {
    return this.#held.get(nameOf(windowId, key));
  }

  /** What a window has open. */
  of(windowId: number): readonly One[] {
    return [...this.#held]
      .filter(([name]) => windowKey(name).windowId === windowId)
      .map(([, held]) => held);
  }

  /** Gives an order to what runs under that name, if anything does. */
  tell(windowId: number, key: string, order: Order): void {
    const stream = this.get(windowId, key)?.stream;
    if (stream !== undefined) this.#streams.tell(stream, order);
  }

  tellAll(order: Order): void {
    for (const { stream } of this.#held.values()) {
      if (stream !== undefined) this.#streams.tell(stream, order);
    }
  }

  close(windowId: number, key: string): void {
    this.#close(nameOf(windowId, key));
  }

  windowClosed(windowId: number): void {
    for (const name of [...this.#held.keys()]) {
      if (windowKey(name).windowId === windowId) this.#close(name);
    }
  }

  /** Closes what is open of an account's entities, which nobody knows any more, and says so. */
  leaveAccount(
    account: BareJid,
    ended: (windowId: number, key: string, error: AppError) => void,
  ): void {
    for (const [name, { entity }] of [...this.#held]) {
      if (!isOfAccount(entity, account)) continue;
      this.#close(name);
      const { windowId, key } = windowKey(name);
      ended(windowId, key, { code: 'not-found', what: entity });
    }
  }

  #close(name: string): void {
    const stream = this.#held.get(name)?.stream;
    this.#held.delete(name);
    if (stream !== undefined) this.#streams.tell(stream, { kind: 'close' });
  }
}

function nameOf(windowId: number, key: string): string {
  return `${windowId} ${key}`;
}
