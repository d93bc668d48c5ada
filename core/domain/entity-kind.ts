import type { EntityKind } from './entity.ts';
import type { Jid } from './jid.ts';
import { isUuid } from './uuid.ts';

/** The category of the disco#info identity by which agents of ours say what they are. */
export const IDENTITY_CATEGORY = 'archipel';

/** An identity out of a disco#info answer (XEP-0030). */
export interface Identity {
  readonly category: string;
  readonly type: string;
}

/** All that may be known of a contact when its kind is decided; the more, the surer. */
export interface KindEvidence {
  readonly jid: Pick<Jid, 'node'>;
  readonly identities?: readonly Identity[];
  /** ROLE of its vCard; empty or absent where the server dropped it. */
  readonly role?: string;
  /** Status text of its presence. */
  readonly status?: string;
  /** Whether it has an events node on the pubsub service. */
  readonly hasEventsNode?: boolean;
  /** Namespaces of the platform it answered in. */
  readonly answered?: readonly string[];
}

const KINDS: readonly EntityKind[] = ['hypervisor', 'virtualmachine', 'central-agent', 'user'];

function kindNamed(name: string | undefined): EntityKind | undefined {
  return KINDS.find((kind) => kind === name?.trim().toLowerCase());
}

function fromIdentity({ identities = [] }: KindEvidence): EntityKind | undefined {
  return kindNamed(identities.find((one) => one.category === IDENTITY_CATEGORY)?.type);
}

/** Only agents of the platform use these roles; any other role is a person's. */
function fromRole({ role }: KindEvidence): EntityKind | undefined {
  if (role === undefined || role.trim() === '') return undefined;
  return kindNamed(role) ?? 'user';
}

function fromNode({ jid }: KindEvidence): EntityKind | undefined {
  return jid.node !== undefined && isUuid(jid.node) ? 'virtualmachine' : undefined;
}

function fromAnswers({ answered = [] }: KindEvidence): EntityKind | undefined {
  if (answered.some((one) => one.startsWith('archipel:hypervisor:'))) return 'hypervisor';
  if (answered.some((one) => one.startsWith('archipel:centralagent'))) return 'central-agent';
  const isMachine = answered.some((one) => /^archipel:(?:vm|virtualmachine):/.test(one));
  return isMachine ? 'virtualmachine' : undefined;
}

const HYPERVISOR_STATUS =
  /^(?:(?:⚭ )?Online \(.+\)|Libvirt connection lost$|Downloading appliance\.\.\.$)/u;

function fromStatus({ status = '' }: KindEvidence): EntityKind | undefined {
  return HYPERVISOR_STATUS.test(status) ? 'hypervisor' : undefined;
}

/** The words of a central agent are too common to count without its node. */
function fromEventsNode({ hasEventsNode, jid, status }: KindEvidence): EntityKind | undefined {
  if (hasEventsNode !== true) return undefined;
  const isCentral = jid.node === 'centralagent' || status === 'Active' || status === 'Standby';
  return isCentral ? 'central-agent' : 'hypervisor';
}

const RULES = [fromIdentity, fromRole, fromNode, fromAnswers, fromStatus, fromEventsNode];

/**
 * What a contact is. The vCard would say it, but some servers store nothing of what original agents
 * put there, so other signs count as well; a contact without any is a user.
 */
export function kindOf(evidence: KindEvidence): EntityKind {
  for (const rule of RULES) {
    const kind = rule(evidence);
    if (kind !== undefined) return kind;
  }
  return 'user';
}
