import * as v from 'valibot';
import { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { PROTOCOL_ERRORS, type ProtocolErrorCode } from '../../core/protocol/errors.ts';
import { LogFile } from '../../node/storage/log-file.ts';
import type { StorageFault, StoredFormat } from '../../node/storage/stored-format.ts';

const CODES = Object.keys(PROTOCOL_ERRORS) as readonly ProtocolErrorCode[];
const whose = { sender: BareJid, id: v.string() };

/** Something that happened to the orders of an entity; times are milliseconds since 1970. */
export const OrderEvent = v.variant('event', [
  /** From here on everything is on record. */
  v.strictObject({ event: v.literal('since'), atMs: v.number() }),
  v.strictObject({
    event: v.literal('begun'),
    ...whose,
    atMs: v.number(),
    namespace: v.string(),
    action: v.string(),
  }),
  v.strictObject({
    event: v.literal('ended'),
    ...whose,
    atMs: v.number(),
    /** The machine that it made. */
    made: v.exactOptional(BareJid),
    failure: v.optional(
      v.strictObject({
        code: v.picklist(CODES),
        text: v.exactOptional(v.string()),
        number: v.exactOptional(v.number()),
      }),
    ),
  }),
  /** Asked after before it arrived. */
  v.strictObject({ event: v.literal('given-up'), ...whose, atMs: v.number() }),
]);
export type OrderEvent = v.InferOutput<typeof OrderEvent>;

/** The orders of one entity as they outlive the agent. */
export interface KeptOrders {
  load(): Promise<Result<readonly OrderEvent[], StorageFault>>;
  /** What was written is there after a crash, too. */
  append(event: OrderEvent): Promise<Result<undefined, StorageFault>>;
  replace(events: readonly OrderEvent[]): Promise<Result<undefined, StorageFault>>;
}

const ORDERS: StoredFormat<OrderEvent> = {
  format: 'archipel-agent-orders',
  version: 1,
  schema: OrderEvent,
  migrations: {},
};

/** In a file that is open only while something is written: there is one for each machine. */
export class OrdersFile implements KeptOrders {
  readonly #file: LogFile<OrderEvent>;
  #writing = 0;

  constructor(path: string) {
    this.#file = new LogFile(path, ORDERS);
  }

  async load(): Promise<Result<readonly OrderEvent[], StorageFault>> {
    const contents = await this.#file.load();
    return contents.ok ? ok(contents.value.entries) : contents;
  }

  async append(event: OrderEvent): Promise<Result<undefined, StorageFault>> {
    this.#writing += 1;
    const written = await this.#file.append(event);
    this.#writing -= 1;
    if (this.#writing === 0) await this.#file.close();
    return written;
  }

  replace(events: readonly OrderEvent[]): Promise<Result<undefined, StorageFault>> {
    return this.#file.replace(events);
  }
}

/** Gone with the process. */
export class OrdersInMemory implements KeptOrders {
  #events: readonly OrderEvent[] = [];

  async load(): Promise<Result<readonly OrderEvent[], StorageFault>> {
    return ok(this.#events);
  }

  async append(event: OrderEvent): Promise<Result<undefined, StorageFault>> {
    this.#events = [...this.#events, event];
    return ok(undefined);
  }

  async replace(events: readonly OrderEvent[]): Promise<Result<undefined, StorageFault>> {
    this.#events = events;
    return ok(undefined);
  }
}
