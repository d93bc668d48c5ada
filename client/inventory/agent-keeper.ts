import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type { AgentFacts, EntityKind } from '../../core/domain/entity.ts';
import { IDENTITY_CATEGORY } from '../../core/domain/entity-kind.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { KnownAgent } from '../../core/protocol/harmful.ts';
import type { ElementReader } from '../../core/xml/element.ts';
import { fieldValues } from '../../node/xmpp/data-form.ts';
import { fetchInfo, type DiscoInfo } from '../../node/xmpp/disco.ts';
import { childOf } from '../../node/xmpp/elements.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import type { DiskCache } from '../disk-cache.ts';
import { given } from '../given.ts';
import type { AccountView } from './account-view.ts';

const CAPS = 'http://jabber.org/protocol/caps';
const PLATFORM = 'archipel:';

/** What one release of some software says of itself, by its hash (XEP-0115). */
export const CachedInfo = v.strictObject({
  kind: v.optional(v.picklist(['hypervisor', 'virtualmachine', 'central-agent', 'user'])),
  version: v.optional(v.string()),
  features: v.array(v.string()),
  /** An agent of ours; otherwise some other program. */
  isOurs: v.boolean(),
});
export type CachedInfo = v.InferOutput<typeof CachedInfo>;

export interface AgentKeeperDependencies {
  readonly session: Session;
  readonly view: AccountView;
  readonly cache: DiskCache<CachedInfo>;
}

/** Which generation of agent stands behind each entity, asked for once for all of one release. */
export class AgentKeeper {
  readonly #own: AgentKeeperDependencies;
  /** Who is online with which hash; absent where its last presence had none. */
  readonly #announced = new Map<BareJid, { readonly from: string; readonly hash: string }>();
  readonly #asking = new Map<string, Promise<CachedInfo | undefined>>();
  readonly #asked = new Map<string, CachedInfo>();

  constructor(dependencies: AgentKeeperDependencies) {
    this.#own = dependencies;
    dependencies.session.on('presence', (stanza) => this.#read(stanza));
  }

  /** Learns what it can of a contact that came online: from the cache, else by one question for all. */
  async arrived(jid: BareJid): Promise<void> {
    const hash = this.#announced.get(jid)?.hash;
    if (hash === undefined) return;
    const info = this.#own.cache.get(hash) ?? (await this.#askOnce(jid, hash));
    if (info) this.#learn(jid, info);
  }

  /** One of a release speaks for all, if its answer is what the hash was made of; else each for itself. */
  async #askOnce(jid: BareJid, hash: string): Promise<CachedInfo | undefined> {
    const running = this.#asking.get(hash);
    if (running) await running;
    const own = `${hash} ${jid}`;
    const known = this.#own.cache.get(hash) ?? this.#asked.get(own);
    if (known) return known;
    const info = await this.#ask(jid, this.#asking.has(hash) ? own : hash, hash);
    if (info) this.#asked.set(own, info);
    return info;
  }

  /** What is known of an agent; asks an entity that did not announce itself, once for its process. */
  async know(jid: BareJid): Promise<KnownAgent | undefined> {
    await this.arrived(jid);
    const known = this.#own.view.facts(jid)?.agent;
    if (known) return known;
    const entity = this.#own.view.entity(jid);
    if (entity?.resource === undefined) return undefined;
    const domain = parseJid(jid)?.domain ?? '';
    const key = `${entity.kind} ${entity.hypervisor ?? entity.id} ${domain}`;
    const info = this.#asked.get(key) ?? (await this.#ask(jid, key));
    if (!info) return undefined;
    this.#asked.set(key, info);
    this.#learn(jid, info);
    return agentOf(info);
  }

  #read(stanza: ElementReader): void {
    const from = stanza.attribute('from') ?? '';
    const jid = parseJid(from)?.bare;
    const type = stanza.attribute('type');
    if (jid === undefined || (type !== undefined && type !== 'unavailable')) return;
    const hash = type === undefined ? announcedHash(stanza) : undefined;
    if (hash !== undefined) this.#announced.set(jid, { from, hash });
    // Another program may have taken its place, such as an original agent.
    else if (this.#announced.get(jid)?.from === from) this.#announced.delete(jid);
  }

  /** One question for each key, however many entities want its answer. */
  #ask(jid: BareJid, key: string, node?: string): Promise<CachedInfo | undefined> {
    const running = this.#asking.get(key);
    if (running) return running;
    const asking = this.#fetch(jid, node).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #fetch(jid: BareJid, node: string | undefined): Promise<CachedInfo | undefined> {
    const resource = this.#own.view.facts(jid)?.presences[0]?.resource;
    if (resource === undefined) return undefined;
    const info = await fetchInfo(this.#own.session, `${jid}/${resource}`, node);
    if (info.ok) {
      const read = readInfo(info.value);
      // Only what the hash was really made of may speak for others that announce it.
      if (node?.endsWith(`#${capabilityHash(info.value)}`)) this.#own.cache.set(node, read);
      return read;
    }
    return isNoAnswer(info.error) ? undefined : { features: [], isOurs: false };
  }

  #learn(jid: BareJid, info: CachedInfo): void {
    const { view } = this.#own;
    const isAgent = info.kind !== undefined && info.kind !== 'user';
    if (!isAgent && view.entity(jid)?.kind === 'user') return;
    const agent = agentOf(info);
    if (isDeepStrictEqual(view.facts(jid)?.agent, agent)) return;
    view.learnKnown(jid, { ...given({ identity: info.kind }), agent });
  }
}

/** Node and hash of a presence that has both. */
function announcedHash(presence: ElementReader): string | undefined {
  const caps = childOf(presence, 'c', CAPS);
  const [node, ver] = [caps?.attribute('node'), caps?.attribute('ver')];
  return node === undefined || ver === undefined ? undefined : `${node}#${ver}`;
}

/** An original agent refuses the question; silence and a dead link say nothing. */
function isNoAnswer(failure: IqFailure): boolean {
  return failure.code !== 'stanza-error' || failure.condition !== 'feature-not-implemented';
}

/** The hash of an answer without a form (XEP-0115 §5.1); one with a form is not shared. */
function capabilityHash({ identities, features, form }: DiscoInfo): string | undefined {
  if (form !== undefined) return undefined;
  const said = identities.map(({ category, type, name }) => `${category}/${type}//${name ?? ''}<`);
  const offered = [...features].map((feature) => `${feature}<`);
  const text = [...said.sort(), ...offered.sort()].join('');
  return createHash('sha1').update(text).digest('base64');
}

function readInfo({ identities, features, form }: DiscoInfo): CachedInfo {
  const own = identities.find((one) => one.category === IDENTITY_CATEGORY);
  const kinds: readonly EntityKind[] = ['hypervisor', 'virtualmachine', 'central-agent'];
  const kind = kinds.find((one) => one === own?.type);
  const [version] = fieldValues(form, 'software_version');
  return {
    ...given({ kind, version }),
    features: [...features].filter((feature) => feature.startsWith(PLATFORM)),
    isOurs: own !== undefined,
  };
}

function agentOf({ isOurs, version, features }: CachedInfo): AgentFacts {
  return { generation: isOurs ? 'ours' : 'original', ...given({ version }), features };
}
