import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { StanzaTap } from '../../node/xmpp/session-types.ts';
import { inSlices } from '../slices.ts';
import { describeStanza, type StanzaFacts } from './describe-stanza.ts';
import { findExchange, type WantedExchange } from './find-exchange.ts';
import { StanzaCauses } from './stanza-causes.ts';

const RING = 100_000;
const RING_BYTES = 64 * 1024 * 1024;
/** So many are read and told at a time. */
const PAGE = 5000;
/** So far back the request of an answer is looked for, where the stanzas between were not read. */
const LOOK_BACK = 2000;
const ASKED_MAX = 1000;

interface Slot {
  readonly id: number;
  readonly account: BareJid;
  readonly tap: StanzaTap;
  readonly cause: string;
  /** Made when somebody looks: most stanzas are never looked at. */
  record?: StanzaRecord;
}

/** A request and what has come back; absent: nothing has, or it is not kept any more. */
export interface Exchange {
  readonly request: StanzaRecord;
  readonly answer?: StanzaRecord;
}

interface Asked {
  readonly id: number;
  readonly at: number;
}

/** The last 100,000 stanzas of all accounts, 64 MiB of them at most, requests paired with their answers. */
export class StanzaRecorder {
  readonly causes = new StanzaCauses();
  readonly #announce: (windowId: number, records: readonly StanzaRecord[]) => void;
  readonly #windows = new Set<number>();
  readonly #asked = new Map<string, Asked>();
  #ring: Slot[] = [];
  #ringBytes = 0;
  #lastId = 0;
  #fresh: Slot[] = [];

  constructor(announce: (windowId: number, records: readonly StanzaRecord[]) => void) {
    this.#announce = announce;
  }

  /** Takes a stanza that passed; its text must have been redacted already. */
  tap(account: BareJid, tap: StanzaTap): void {
    const slot: Slot = { id: ++this.#lastId, account, tap, cause: this.#causeOf(tap) };
    this.#ring.push(slot);
    this.#ringBytes += sizeOf(slot);
    // Cut in blocks: shifting all slots for each stanza would be quadratic.
    if (this.#ring.length >= RING + PAGE) this.#keep(RING);
    if (this.#ringBytes > RING_BYTES) this.#keep(this.#countWithin(RING_BYTES / 2));
    if (this.#windows.size > 0) this.#tell(slot);
  }

  /** The newest, of which the window hears from now on. */
  async open(windowId: number): Promise<readonly StanzaRecord[]> {
    await inSlices(this.#ring.slice(-PAGE), (slot) => void this.#recordOf(slot));
    this.#windows.add(windowId);
    // With what came while the others were being read.
    return this.#ring.slice(-PAGE).map((slot) => this.#recordOf(slot));
  }

  /** Those that stand before one, the oldest first; none where it is the oldest that is kept. */
  async earlier(before: number): Promise<readonly StanzaRecord[]> {
    const end = Math.max(0, this.#indexOf(before));
    const slots = this.#ring.slice(Math.max(0, end - PAGE, this.#ring.length - RING), end);
    await inSlices(slots, (slot) => void this.#recordOf(slot));
    return slots.map((slot) => this.#recordOf(slot));
  }

  close(windowId: number): void {
    this.#windows.delete(windowId);
  }

  clear(): void {
    this.#keep(0);
    this.#asked.clear();
  }

  /** The newest request of which this is known, with its answer. */
  exchange(wanted: WantedExchange): Exchange | undefined {
    const found = findExchange(this.#ring, wanted);
    const request = found && this.#ring[found.request];
    if (!request) return undefined;
    // In their order, so that they are paired.
    const asked = this.#recordOf(request);
    const answer = found.answer === undefined ? undefined : this.#ring[found.answer];
    return { request: asked, ...(answer ? { answer: this.#recordOf(answer) } : {}) };
  }

  /** Numbers follow each other without a gap. */
  #indexOf(id: number): number {
    return id - (this.#ring[0]?.id ?? id);
  }

  #keep(count: number): void {
    this.#ring = count === 0 ? [] : this.#ring.slice(-count);
    this.#ringBytes = this.#ring.reduce((sum, slot) => sum + sizeOf(slot), 0);
  }

  /** How many of the newest there is room for. */
  #countWithin(bytes: number): number {
    let left = bytes;
    const firstKept = this.#ring.findLastIndex((slot) => (left -= sizeOf(slot)) < 0);
    return this.#ring.length - 1 - firstKept;
  }

  #causeOf(tap: StanzaTap): string {
    if (tap.direction === 'received') return '';
    return this.causes.resolve(this.causes.isExpecting ? describeStanza(tap.text) : undefined);
  }

  #tell(slot: Slot): void {
    this.#fresh.push(slot);
    if (this.#fresh.length > 1) return;
    setImmediate(() => {
      const records = this.#fresh.map((one) => this.#recordOf(one));
      this.#fresh = [];
      for (const windowId of this.#windows) this.#announce(windowId, records);
    });
  }

  #recordOf(slot: Slot): StanzaRecord {
    return (slot.record ??= this.#describe(slot));
  }

  #describe({ id, account, tap, cause }: Slot): StanzaRecord {
    const facts = describeStanza(tap.text);
    const answers = this.#pair(id, account, tap, facts);
    return {
      id,
      account,
      direction: tap.direction === 'sent' ? 'out' : 'in',
      at: tap.at,
      kind: facts.kind,
      type: facts.type,
      peer: tap.direction === 'sent' ? facts.to : facts.from,
      namespace: facts.namespace,
      action: facts.action,
      ...(answers ? { answers } : {}),
      xml: tap.text,
      bytes: tap.bytes,
      cause,
    };
  }

  #pair(id: number, account: BareJid, tap: StanzaTap, facts: StanzaFacts): StanzaRecord['answers'] {
    if (facts.kind !== 'iq' || facts.stanzaId === '') return undefined;
    const isRequest = facts.type === 'get' || facts.type === 'set';
    // Ids are the sender's own: what we asked and what we were asked are kept apart.
    const asker = isRequest === (tap.direction === 'sent') ? 'we' : 'they';
    const key = `${account} ${asker} ${facts.stanzaId}`;
    if (isRequest) {
      this.#asked.set(key, { id, at: tap.at });
      // Those that are never answered must not pile up.
      const [oldest = ''] = this.#asked.keys();
      if (this.#asked.size > ASKED_MAX) this.#asked.delete(oldest);
      return undefined;
    }
    const asked = this.#asked.get(key) ?? this.#lookBack(id, account, tap, facts);
    this.#asked.delete(key);
    return asked && { id: asked.id, milliseconds: tap.at - asked.at };
  }

  /** The newest come first before anybody's eyes, so a request may not have been read yet. */
  #lookBack(
    id: number,
    account: BareJid,
    tap: StanzaTap,
    { stanzaId }: StanzaFacts,
  ): Asked | undefined {
    const end = this.#indexOf(id);
    const before = this.#ring.slice(Math.max(0, end - LOOK_BACK), Math.max(0, end));
    const request = before.findLast((one) => {
      if (one.account !== account || one.tap.direction === tap.direction) return false;
      if (!one.tap.text.includes(stanzaId)) return false;
      const facts = describeStanza(one.tap.text);
      return facts.stanzaId === stanzaId && (facts.type === 'get' || facts.type === 'set');
    });
    return request && { id: request.id, at: request.tap.at };
  }
}

/** Bytes it takes, about: engines keep a character in one byte or two. */
function sizeOf({ tap }: Slot): number {
  return tap.text.length;
}
