import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { StanzaTap } from '../../node/xmpp/session-types.ts';
import { inSlices } from '../slices.ts';
import { describeStanza, type StanzaFacts } from './describe-stanza.ts';
import { findExchange, type WantedExchange } from './find-exchange.ts';
import { StanzaCauses } from './stanza-causes.ts';
import { type PassedStanza, StanzaLog } from './stanza-log.ts';

const KEPT = 100_000;
const KEPT_CHARACTERS = 64 * 1024 * 1024;
/** So many are read and told at a time. */
const PAGE = 5000;
/** So far back the request of an answer is looked for, where the stanzas between were not read. */
const LOOK_BACK = 2000;
const ASKED_MAX = 1000;

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
  /** Windows whose first page is being read, each with its own sign: one may close and open again meanwhile. */
  readonly #opening = new Map<number, symbol>();
  readonly #asked = new Map<string, Asked>();
  readonly #log = new StanzaLog({
    stanzas: KEPT,
    characters: KEPT_CHARACTERS,
    atHand: PAGE + LOOK_BACK,
  });
  /** Made when somebody looks: most stanzas are never looked at. */
  readonly #records = new WeakMap<PassedStanza, StanzaRecord>();
  #lastId = 0;
  #fresh: PassedStanza[] = [];

  constructor(announce: (windowId: number, records: readonly StanzaRecord[]) => void) {
    this.#announce = announce;
  }

  /** Takes a stanza that passed; its text must have been redacted already. */
  tap(account: BareJid, tap: StanzaTap): void {
    const stanza: PassedStanza = { id: ++this.#lastId, account, tap, cause: this.#causeOf(tap) };
    this.#log.push(stanza);
    if (this.#windows.size > 0) this.#tell(stanza);
  }

  /** The newest, of which the window hears from now on. */
  async open(windowId: number): Promise<readonly StanzaRecord[]> {
    const { newest } = this.#log;
    const opening = Symbol();
    this.#opening.set(windowId, opening);
    await this.#read(newest.slice(-PAGE), newest);
    if (this.#opening.get(windowId) === opening) {
      this.#opening.delete(windowId);
      this.#windows.add(windowId);
    }
    // With what came while the others were being read.
    const now = this.#log.newest;
    return now.slice(-PAGE).map((stanza) => this.#recordOf(stanza, now));
  }

  /** Those that stand before one, the oldest first; none where it is the oldest that is kept. */
  async earlier(before: number): Promise<readonly StanzaRecord[]> {
    const oldest = this.#lastId - KEPT + 1;
    const first = Math.max(before - PAGE, oldest);
    const among = await this.#log.range(first - LOOK_BACK, before);
    return this.#read(
      among.filter(({ id }) => id >= first),
      among,
    );
  }

  close(windowId: number): void {
    this.#opening.delete(windowId);
    this.#windows.delete(windowId);
  }

  clear(): void {
    this.#log.clear();
    this.#asked.clear();
  }

  /** The newest request of which this is known, with its answer. */
  async exchange(wanted: WantedExchange): Promise<Exchange | undefined> {
    const { newest } = this.#log;
    return (
      this.#exchangeAmong(newest, wanted) ??
      this.#exchangeAmong(await this.#log.range(0, this.#lastId + 1), wanted)
    );
  }

  #exchangeAmong(stanzas: readonly PassedStanza[], wanted: WantedExchange): Exchange | undefined {
    const found = findExchange(stanzas, wanted);
    const request = found && stanzas[found.request];
    if (!request) return undefined;
    // In their order, so that they are paired.
    const asked = this.#recordOf(request, stanzas);
    const answer = found.answer === undefined ? undefined : stanzas[found.answer];
    return { request: asked, ...(answer ? { answer: this.#recordOf(answer, stanzas) } : {}) };
  }

  #causeOf(tap: StanzaTap): string {
    if (tap.direction === 'received') return '';
    return this.causes.resolve(this.causes.isExpecting ? describeStanza(tap.text) : undefined);
  }

  #tell(stanza: PassedStanza): void {
    this.#fresh.push(stanza);
    if (this.#fresh.length > 1) return;
    setImmediate(() => {
      const records = this.#fresh.map((one) => this.#recordOf(one, this.#log.newest));
      this.#fresh = [];
      for (const windowId of this.#windows) this.#announce(windowId, records);
    });
  }

  async #read(
    stanzas: readonly PassedStanza[],
    among: readonly PassedStanza[],
  ): Promise<readonly StanzaRecord[]> {
    const records: StanzaRecord[] = [];
    await inSlices(stanzas, (one) => void records.push(this.#recordOf(one, among)));
    return records;
  }

  /** `among`: those in whose row it stands, where its request is looked for. */
  #recordOf(stanza: PassedStanza, among: readonly PassedStanza[]): StanzaRecord {
    const known = this.#records.get(stanza);
    if (known) return known;
    const record = this.#describe(stanza, among);
    this.#records.set(stanza, record);
    return record;
  }

  #describe(stanza: PassedStanza, among: readonly PassedStanza[]): StanzaRecord {
    const { id, account, tap, cause } = stanza;
    const facts = describeStanza(tap.text);
    const answers = this.#pair(stanza, facts, among);
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

  #pair(
    stanza: PassedStanza,
    facts: StanzaFacts,
    among: readonly PassedStanza[],
  ): StanzaRecord['answers'] {
    const { id, account, tap } = stanza;
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
    const asked = this.#asked.get(key) ?? lookBack(stanza, facts, among);
    this.#asked.delete(key);
    return asked && { id: asked.id, milliseconds: tap.at - asked.at };
  }
}

/** The newest come first before anybody's eyes, so a request may not have been read yet. */
function lookBack(
  { id, account, tap }: PassedStanza,
  { stanzaId }: StanzaFacts,
  among: readonly PassedStanza[],
): Asked | undefined {
  const end = id - (among[0]?.id ?? id);
  const before = among.slice(Math.max(0, end - LOOK_BACK), Math.max(0, end));
  const request = before.findLast((one) => {
    if (one.account !== account || one.tap.direction === tap.direction) return false;
    if (!one.tap.text.includes(stanzaId)) return false;
    const facts = describeStanza(one.tap.text);
    return facts.stanzaId === stanzaId && (facts.type === 'get' || facts.type === 'set');
  });
  return request && { id: request.id, at: request.tap.at };
}
