import { isDeepStrictEqual } from 'node:util';
import type { EntityId } from '../../core/domain/entity.ts';
import { domainOf, parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { KnownAgent } from '../../core/protocol/harmful.ts';
import type { ElementReader } from '../../core/xml/element.ts';
import { AddressTable } from '../../node/xmpp/address-table.ts';
import { fetchInfo } from '../../node/xmpp/disco.ts';
import { childOf } from '../../node/xmpp/elements.ts';
import { keptText } from '../../node/xmpp/kept-text.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import type { DiskCache } from '../disk-cache.ts';
import { given } from '../given.ts';
import type { AccountView } from './account-view.ts';
import { agentOf, knownInfos, readInfo, sharedHash, type CachedInfo } from './agent-info.ts';

/** Node and hash of an agent together; what is longer is none (they take some 60). */
const MOST_HASH = 1000;
const CAPS = 'http://jabber.org/protocol/caps';

export interface AgentKeeperDependencies {
  readonly session: Session;
  readonly view: AccountView;
  readonly cache: DiskCache<CachedInfo>;
  /** Whether somebody is a contact. */
  readonly isKnown: (jid: BareJid) => boolean;
}

/** What an agent says that refuses the question. */
const NOTHING: CachedInfo = { features: [], isOurs: false };

/** What somebody answered for itself, while it announced that hash, or none. */
interface OwnAnswer {
  readonly hash: string | undefined;
  readonly info: CachedInfo;
}

/** Which generation of agent stands behind each entity, asked for once for all of one release. */
export class AgentKeeper {
  readonly #own: AgentKeeperDependencies;
  /** Who is online with which hash; absent where its last presence had none. */
  readonly #announced: AddressTable<BareJid, { readonly from: string; readonly hash: string }>;
  readonly #asking = new Map<string, Promise<CachedInfo | undefined>>();
  /** Until it leaves. */
  readonly #answers = new Map<BareJid, OwnAnswer>();
  /** The kinds and domains of which a process says nothing, until its hypervisor leaves. */
  readonly #silent = new Map<EntityId, Set<string>>();
  /** Known to be of ours although they announce nothing. */
  readonly #asIs = new Set<BareJid>();

  constructor(dependencies: AgentKeeperDependencies) {
    this.#own = dependencies;
    this.#announced = new AddressTable(dependencies.isKnown);
    dependencies.session.on('presence', (stanza) => this.#read(stanza));
  }

  /** Learns what it can of a contact that came online: from the cache, else by one question for all. */
  async arrived(jid: BareJid): Promise<void> {
    const hash = this.#announced.get(jid)?.hash;
    if (hash === undefined) return;
    const info = this.#known(hash) ?? (await this.#askOnce(jid, hash));
    // Meanwhile another release may have come in its place.
    const isReplaced = (this.#announced.get(jid)?.hash ?? hash) !== hash;
    if (info && !isReplaced) this.#learn(jid, info);
  }

  #known(hash: string): CachedInfo | undefined {
    return knownInfos().get(hash) ?? this.#own.cache.get(hash);
  }

  /** One of a release speaks for all, if its answer is what the hash was made of; else each for itself. */
  async #askOnce(jid: BareJid, hash: string): Promise<CachedInfo | undefined> {
    const running = this.#asking.get(hash);
    if (running) await running;
    return this.#known(hash) ?? this.#askItself(jid, hash, hash);
  }

  /** Asks an entity once for each hash; under `key`, where nobody else is being asked under it. */
  async #askItself(
    jid: BareJid,
    hash: string | undefined,
    key: string,
  ): Promise<CachedInfo | undefined> {
    const answer = this.#answers.get(jid);
    if (answer && answer.hash === hash) return answer.info;
    const info = await this.#ask(jid, this.#asking.has(key) ? `${key} ${jid}` : key, hash);
    if (info && this.#announced.get(jid)?.hash === hash) this.#answers.set(jid, { hash, info });
    return info;
  }

  /**
   * What is known of an agent; asks an entity that did not announce itself, once for its process. One
   * speaks for others of its process only where it says nothing: they are then taken for original
   * agents, as everybody is who is not known. Those of ours announce themselves, and are not touched.
   */
  async know(jid: BareJid): Promise<KnownAgent | undefined> {
    await this.arrived(jid);
    const known = this.#own.view.facts(jid)?.agent;
    if (known) return known;
    const entity = this.#own.view.entity(jid);
    if (entity?.resource === undefined) return undefined;
    const process = entity.hypervisor ?? entity.id;
    const info = await this.#askProcess(jid, process, `${entity.kind} ${domainOf(jid)}`);
    if (!info) return undefined;
    this.#learn(jid, info);
    return agentOf(info);
  }

  async #askProcess(
    jid: BareJid,
    process: EntityId,
    part: string,
  ): Promise<CachedInfo | undefined> {
    const key = `${part} ${process}`;
    const running = this.#asking.get(key);
    const said = running && (await running);
    if (isNothing(said) || this.#silent.get(process)?.has(part)) return NOTHING;
    const info = await this.#askItself(jid, undefined, key);
    if (isNothing(info)) {
      this.#silent.set(process, (this.#silent.get(process) ?? new Set()).add(part));
    }
    return info;
  }

  #read(stanza: ElementReader): void {
    const from = stanza.attribute('from') ?? '';
    const jid = parseJid(from)?.bare;
    const type = stanza.attribute('type');
    if (jid === undefined || (type !== undefined && type !== 'unavailable')) return;
    const hash = type === undefined ? announcedHash(stanza) : undefined;
    if (hash === undefined) this.#unannounced(jid, from, type === undefined);
    else this.#announcedBy(jid, from, hash);
  }

  #announcedBy(jid: BareJid, from: string, hash: string): void {
    this.#announced.set(jid, { from, hash });
    this.#asIs.delete(jid);
  }

  #unannounced(jid: BareJid, from: string, isOnline: boolean): void {
    if (this.#announced.get(jid)?.from === from) this.#announced.delete(jid);
    if (!isOnline) this.#forget(jid);
    else if (!this.#announced.has(jid)) void this.#doubt(jid, from);
  }

  /** Who left may come back as another program. */
  #forget(jid: BareJid): void {
    this.#asIs.delete(jid);
    this.#answers.delete(jid);
    this.#silent.delete(this.#own.view.id(jid));
  }

  /** Another program may have taken the place of an agent of ours, such as an original agent: it is asked. */
  async #doubt(jid: BareJid, from: string): Promise<void> {
    const { agent, cached } = this.#own.view.facts(jid) ?? {};
    if ((agent ?? cached?.agent)?.generation !== 'ours' || this.#asIs.has(jid)) return;
    this.#asIs.add(jid);
    const info = await this.#fetch(from, undefined);
    // Meanwhile it may have gone, or announced what it is.
    if (info && this.#asIs.has(jid)) this.#learn(jid, info);
    else this.#asIs.delete(jid);
  }

  /** One question for each key, however many entities want its answer. */
  #ask(jid: BareJid, key: string, node?: string): Promise<CachedInfo | undefined> {
    const running = this.#asking.get(key);
    if (running) return running;
    const resource = this.#own.view.facts(jid)?.presences[0]?.resource;
    if (resource === undefined) return Promise.resolve(undefined);
    const asking = this.#fetch(`${jid}/${resource}`, node).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #fetch(from: string, node: string | undefined): Promise<CachedInfo | undefined> {
    const info = await fetchInfo(this.#own.session, from, node);
    if (info.ok) {
      const read = readInfo(info.value);
      const hash = sharedHash(info.value);
      // Only what the hash was really made of may speak for others that announce it.
      if (hash !== undefined && node?.endsWith(`#${hash}`)) this.#own.cache.set(node, read);
      return read;
    }
    return isNoAnswer(info.error) ? undefined : NOTHING;
  }

  #learn(jid: BareJid, info: CachedInfo): void {
    const { view } = this.#own;
    const isPerson = info.kind === 'user';
    const isAgent = info.kind !== undefined && !isPerson;
    if (!isAgent && view.entity(jid)?.kind === 'user') {
      if (isPerson) view.learnKnown(jid, { identity: 'user' });
      return;
    }
    const agent = agentOf(info);
    if (isDeepStrictEqual(view.facts(jid)?.agent, agent)) return;
    view.learnKnown(jid, { ...given({ identity: isAgent ? info.kind : undefined }), agent });
  }
}

function isNothing(info: CachedInfo | undefined): boolean {
  return isDeepStrictEqual(info, NOTHING);
}

/** Node and hash of a presence that has both. */
function announcedHash(presence: ElementReader): string | undefined {
  const caps = childOf(presence, 'c', CAPS);
  const [node, ver] = [caps?.attribute('node'), caps?.attribute('ver')];
  if (node === undefined || ver === undefined) return undefined;
  return node.length + ver.length < MOST_HASH ? keptText(`${node}#${ver}`, MOST_HASH) : undefined;
}

/** An original agent refuses the question; silence and a dead link say nothing. */
function isNoAnswer(failure: IqFailure): boolean {
  return failure.code !== 'stanza-error' || failure.condition !== 'feature-not-implemented';
}
