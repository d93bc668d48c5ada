import * as v from 'valibot';
import type { AgentFacts, EntityKind } from '../../core/domain/entity.ts';
import { IDENTITY_CATEGORY } from '../../core/domain/entity-kind.ts';
import { AGENT_NODE, agentAnnouncement } from '../../core/protocol/agent-announcement.ts';
import {
  CLIENT_CATEGORY,
  CLIENT_NODE,
  clientAnnouncement,
} from '../../core/protocol/client-announcement.ts';
import { capabilityHash, STANDARD_FEATURES } from '../../node/xmpp/capabilities.ts';
import { fieldValues } from '../../node/xmpp/data-form.ts';
import type { DiscoInfo, OwnInfo } from '../../node/xmpp/disco.ts';
import { given } from '../given.ts';

const PLATFORM = 'archipel:';
/** What programs are that nobody sits at. */
const BOT = 'bot';
const KINDS = ['hypervisor', 'virtualmachine', 'central-agent'] as const;

/** What one release of some software says of itself, by its hash (XEP-0115). */
export const CachedInfo = v.strictObject({
  kind: v.optional(v.picklist(['hypervisor', 'virtualmachine', 'central-agent', 'user'])),
  version: v.optional(v.string()),
  features: v.array(v.string()),
  /** An agent of ours; otherwise some other program. */
  isOurs: v.boolean(),
});
export type CachedInfo = v.InferOutput<typeof CachedInfo>;

/** What an answer says. */
export function readInfo({ identities, features, form }: DiscoInfo): CachedInfo {
  const own = identities.find((one) => one.category === IDENTITY_CATEGORY);
  const isPerson = identities.some(
    ({ category, type }) => category === CLIENT_CATEGORY && type !== BOT,
  );
  const kind: EntityKind | undefined =
    KINDS.find((one) => one === own?.type) ?? (isPerson && !own ? 'user' : undefined);
  const [version] = fieldValues(form, 'software_version');
  return {
    ...given({ kind, version }),
    features: [...features].filter((feature) => feature.startsWith(PLATFORM)),
    isOurs: own !== undefined,
  };
}

/** What is kept of it with each entity. */
export function agentOf({ isOurs, version, features }: CachedInfo): AgentFacts {
  return { generation: isOurs ? 'ours' : 'original', ...given({ version }), features };
}

/** What parts one word from the next in the text that is hashed, or makes a feature look like an identity. */
const AMBIGUOUS = /<|^[^/]*\/[^/]*\/\//u;

/**
 * The hash of an answer without a form (XEP-0115 §5.1); one with a form is not shared. Neither is one
 * with words that another answer could have cut otherwise: both would have one hash, and whoever is asked
 * first would say what all others are.
 */
export function sharedHash({ identities, features, form }: DiscoInfo): string | undefined {
  const words = identities.flatMap(({ category, type, name = '' }) => [category, type, name]);
  const isClear = [...words, ...features].every((word) => !AMBIGUOUS.test(word));
  return form === undefined && isClear ? capabilityHash(identities, features) : undefined;
}

let known: ReadonlyMap<string, CachedInfo> | undefined;

/**
 * What agents say that are of this release and leave nothing out, and what this application says, by
 * their hashes: none of them is asked.
 */
export function knownInfos(): ReadonlyMap<string, CachedInfo> {
  return (known ??= new Map([
    ...KINDS.map((kind) =>
      knownInfo(
        AGENT_NODE,
        agentAnnouncement(kind, () => true),
      ),
    ),
    knownInfo(CLIENT_NODE, clientAnnouncement),
  ]));
}

function knownInfo(node: string, info: OwnInfo): readonly [string, CachedInfo] {
  const { identities } = info;
  const features = new Set([...STANDARD_FEATURES, ...info.features]);
  const hash = `${node}#${capabilityHash(identities, features)}`;
  return [hash, readInfo({ identities, features, form: undefined })];
}
