import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BareJid } from '../../core/domain/jid.ts';
import type { StanzaTap } from '../../node/xmpp/session-types.ts';
import { inSlices } from '../slices.ts';

/** A stanza that passed, its secrets masked. Numbers follow each other without a gap. */
export interface PassedStanza {
  readonly id: number;
  readonly account: BareJid;
  readonly tap: StanzaTap;
  readonly cause: string;
}

export interface StanzaLogLimits {
  /** So many are kept. */
  readonly stanzas: number;
  /** And so many characters of them, as they were on the wire. */
  readonly characters: number;
  /** So many of the newest can be had at once. */
  readonly atHand: number;
}

interface Pack {
  readonly count: number;
  readonly characters: number;
  readonly deflated: Buffer;
}

/** Packed at a time, in about two milliseconds. */
const PACK = 500;
/** The fastest: stanzas are so much alike that a thirteenth of them is left. */
const LEVEL = 1;

/** The last stanzas in their order. Most are never looked at, so all but the newest are packed. */
export class StanzaLog {
  readonly #limits: StanzaLogLimits;
  #packs: Pack[] = [];
  #atHand: PassedStanza[] = [];
  #characters = 0;
  /** How many there are in packs. */
  #packed = 0;

  constructor(limits: StanzaLogLimits) {
    this.#limits = limits;
  }

  /** The newest, the oldest of them first. */
  get newest(): readonly PassedStanza[] {
    return this.#atHand;
  }

  push(stanza: PassedStanza): void {
    const { stanzas, characters, atHand } = this.#limits;
    this.#atHand.push(stanza);
    this.#characters += stanza.tap.text.length;
    if (this.#atHand.length >= atHand + PACK) this.#pack();
    while (this.#packed + this.#atHand.length >= stanzas + PACK) this.#dropPack();
    // By half, or each of the next would drop one.
    if (this.#characters > characters) this.#shrinkTo(characters / 2);
  }

  /** Those with numbers from `first` to below `end`, as far as they are kept. */
  async range(first: number, end: number): Promise<readonly PassedStanza[]> {
    let number = (this.#atHand[0]?.id ?? end) - this.#packed;
    const wanted = this.#packs.filter(({ count }) => {
      number += count;
      return number > first && number - count < end;
    });
    const newest = this.#atHand;
    const found: PassedStanza[] = [];
    await inSlices(wanted, (pack) => void found.push(...unpacked(pack)));
    return [...found, ...newest].filter(({ id }) => id >= first && id < end);
  }

  clear(): void {
    this.#packs = [];
    this.#atHand = [];
    this.#packed = 0;
    this.#characters = 0;
  }

  #pack(): void {
    const stanzas = this.#atHand.slice(0, PACK);
    this.#atHand = this.#atHand.slice(PACK);
    const deflated = deflateRawSync(JSON.stringify(stanzas), { level: LEVEL });
    this.#packs.push({ count: PACK, characters: charactersOf(stanzas), deflated });
    this.#packed += PACK;
  }

  #dropPack(): void {
    const dropped = this.#packs.shift();
    this.#packed -= dropped?.count ?? 0;
    this.#characters -= dropped?.characters ?? 0;
  }

  #shrinkTo(characters: number): void {
    while (this.#packs.length > 0 && this.#characters > characters) this.#dropPack();
    if (this.#characters <= characters) return;
    let left = characters;
    const last = this.#atHand.findLastIndex(({ tap }) => (left -= tap.text.length) < 0);
    this.#atHand = this.#atHand.slice(last + 1);
    this.#characters = charactersOf(this.#atHand);
  }
}

function charactersOf(stanzas: readonly PassedStanza[]): number {
  return stanzas.reduce((sum, { tap }) => sum + tap.text.length, 0);
}

/** What this log itself has packed. */
function unpacked({ deflated }: Pack): readonly PassedStanza[] {
  return JSON.parse(inflateRawSync(deflated).toString()) as readonly PassedStanza[];
}
