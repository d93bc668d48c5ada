import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { VcardFacts } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { Vcard } from '../../core/protocol/vcard.ts';
import { keptText } from '../../node/xmpp/kept-text.ts';
import type { ResourcePresence } from '../../node/xmpp/presence-table.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import { fetchVcard } from '../../node/xmpp/vcard.ts';
import type { DiskCache } from '../disk-cache.ts';
import type { AvatarCodec, PictureStore } from '../ports.ts';
import type { AccountView } from './account-view.ts';
import type { ContactFacts } from './contact.ts';
import { isKindCertain } from './entity-kind.ts';

const text = v.optional(v.pipe(v.string(), v.maxLength(10_000)));

/** What is kept of a vCard from one run to the next. */
export const CachedVcard = v.strictObject({
  /** SHA-1 of its picture; empty when it has none. */
  photo: v.string(),
  facts: v.strictObject({
    fullName: text,
    organisation: text,
    unit: text,
    locality: text,
    owner: text,
    categories: text,
    role: text,
    title: text,
  }),
});
export type CachedVcard = v.InferOutput<typeof CachedVcard>;

export interface VcardKeeperDependencies {
  readonly session: Session;
  readonly view: AccountView;
  readonly cache: DiskCache<CachedVcard>;
  readonly images: AvatarCodec;
  readonly pictures: PictureStore;
}

/**
 * vCards, asked for only when something needs one: the kind or the name of a contact cannot be told
 * without it, or somebody looks at the entity.
 */
export class VcardKeeper {
  readonly #own: VcardKeeperDependencies;
  readonly #fetching = new Map<BareJid, Promise<Result<Vcard, IqFailure>>>();
  /** Known in this run to be as the server has them. */
  readonly #fresh = new Set<BareJid>();

  constructor(dependencies: VcardKeeperDependencies) {
    this.#own = dependencies;
  }

  /** Shows what is cached of a contact that has become known. */
  apply(jid: BareJid): void {
    const cached = this.#own.cache.get(this.#key(jid));
    if (cached) this.#learn(jid, cached);
  }

  /** Decides by a presence whether the vCard is to be fetched. */
  heard(jid: BareJid, { photoHash }: ResourcePresence): void {
    const cached = this.#own.cache.get(this.#key(jid));
    if (photoHash !== undefined) this.#compare(jid, photoHash, cached?.photo);
    if (cached || this.#fresh.has(jid)) return;
    const facts = this.#own.view.facts(jid);
    if (facts && isNeeded(facts)) void this.fetch(jid);
  }

  /** An entity published another vCard: names are shown from it, so it is read again. */
  changed(jid: BareJid): void {
    this.#fresh.delete(jid);
    if (this.#own.cache.get(this.#key(jid))) void this.fetch(jid);
  }

  #compare(jid: BareJid, announced: string, known: string | undefined): void {
    if (announced === (known ?? '')) return;
    this.#fresh.delete(jid);
    // The picture itself is fetched when it is first looked at.
    if (isHash(announced)) this.#own.view.learnKnown(jid, { avatar: announced });
  }

  /** Somebody looks at an entity: its vCard is fetched unless what is known is right. */
  async want(jid: BareJid): Promise<void> {
    if (!this.#fresh.has(jid)) await this.fetch(jid);
  }

  /** Fetches a vCard as it is now. */
  async fetch(jid: BareJid): Promise<Result<Vcard, IqFailure>> {
    const running = this.#fetching.get(jid);
    if (running) return running;
    const fetching = this.#fetch(jid).finally(() => this.#fetching.delete(jid));
    this.#fetching.set(jid, fetching);
    return fetching;
  }

  async #fetch(jid: BareJid): Promise<Result<Vcard, IqFailure>> {
    const fetched = await fetchVcard(this.#own.session, jid);
    if (!fetched.ok) {
      // A server that has none says so once; silence and lost links may be otherwise next time.
      if (fetched.error.code === 'stanza-error') this.#fresh.add(jid);
      return fetched;
    }
    const { photo, ...facts } = fetched.value.vcard;
    const hash = photo ? await this.#keepPicture(photo.data) : '';
    const cached: CachedVcard = { photo: hash, facts: shortened(facts) };
    this.#own.cache.set(this.#key(jid), cached);
    this.#fresh.add(jid);
    this.#learn(jid, cached);
    return ok(fetched.value.vcard);
  }

  /** Keeps what is made of a picture under the hash that presences announce it by; a picture that is none is none. */
  async #keepPicture(base64: string): Promise<string> {
    const bytes = Buffer.from(base64, 'base64');
    const hash = createHash('sha1').update(bytes).digest('hex');
    if (await this.#own.pictures.read(hash)) return hash;
    const made = await this.#own.images.toAvatar(bytes);
    if (made.ok) await this.#own.pictures.write(hash, made.value);
    // What could not be looked at now is fetched again when somebody wants to see it.
    return made.ok || made.error === 'later' ? hash : '';
  }

  #learn(jid: BareJid, { photo, facts }: CachedVcard): void {
    this.#own.view.learnKnown(jid, { vcard: facts as VcardFacts, avatar: photo });
  }

  #key(jid: BareJid): string {
    return `${this.#own.view.account}>${jid}`;
  }
}

/** Whether its name or its kind cannot be told without. */
function isNeeded(facts: ContactFacts): boolean {
  const isNamed = (facts.roster?.name ?? facts.nick ?? '') !== '';
  return !isNamed || !isKindCertain(facts);
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** Fields are shown in one line: what is longer is no name, in UTF-16 units. */
const MOST_TEXT = 1000;

function shortened(facts: VcardFacts): CachedVcard['facts'] {
  const entries = Object.entries(facts as Record<string, string>);
  return Object.fromEntries(entries.map(([name, value]) => [name, keptText(value, MOST_TEXT)]));
}
