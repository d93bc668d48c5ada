import type { Account } from '../../core/contract/accounts.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type {
  LookupObstacle,
  OfflineCause,
  OfflineCheck,
  OfflineDiagnosis,
} from '../../core/contract/diagnosis.ts';
import type { Entity, EntityKind } from '../../core/domain/entity.ts';
import { entityId } from '../../core/domain/entity.ts';
import { kindOf } from '../../core/domain/entity-kind.ts';
import { nodeOf, parseJid, type BareJid } from '../../core/domain/jid.ts';
import { similarJids } from '../../core/domain/similar-jid.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import type { Vcard } from '../../core/protocol/vcard.ts';
import type { AccountLookup, LookupFailure } from '../../node/xmpp/account-lookup.ts';
import { given } from '../given.ts';
import { isMachineJid } from '../inventory/entity-kind.ts';

/** What a diagnosis asks through the account that misses somebody. */
export interface DiagnosisLink {
  ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
  ): Promise<Result<Reply, AppError>>;
  lookUp(jid: BareJid): Promise<Result<AccountLookup, LookupFailure>>;
  /** Its vCard, which the server keeps of those who are offline as well. */
  vcardOf(jid: BareJid): Promise<Result<Vcard, AppError>>;
}

export interface DiagnosisSubject {
  readonly account: BareJid;
  readonly jid: BareJid;
  readonly connection: Account['connection'];
  /** Absent while the account is not connected. */
  readonly link: DiagnosisLink | undefined;
  /** All entities of the account. */
  readonly entities: readonly Entity[];
}

interface Finding {
  readonly checks: readonly OfflineCheck[];
  readonly cause?: OfflineCause;
}

/**
 * Looks for the reason why somebody is offline, from the own connection outwards, and ends at the
 * first cause: the checks that come after it would only repeat it.
 */
export async function whyOffline(subject: DiagnosisSubject): Promise<OfflineDiagnosis> {
  const { account, jid, entities } = subject;
  const entity = entities.find((one) => one.jid === jid);
  const called = entity?.name ?? jid;
  const told = { jid, called };
  const link = checkLink(subject);
  if (!subject.link || link.cause) {
    return { ...told, checks: link.checks, cause: { name: 'link-down', account } };
  }
  if (entity && isThere(entity)) {
    return { ...told, checks: link.checks, cause: { name: 'online', state: entity.state } };
  }
  const looked = await subject.link.lookUp(jid);
  const steps = [
    (): Finding => checkAccount(subject, looked),
    (): Finding => checkSubscription(subject, entity, looked),
    async (): Promise<Finding> => checkHypervisor(subject, subject.link, entity),
    (): Finding => checkResources(entity, looked),
  ];
  const checks = [...link.checks];
  for (const step of steps) {
    const finding = await step();
    checks.push(...finding.checks);
    if (finding.cause) return { ...told, checks, cause: finding.cause };
  }
  const kind = entity && (await kindSaid(entity, subject.link));
  return { ...told, checks, cause: silenceOf(checks, kind) };
}

/** Of an agent that was never seen online only its vCard says that it is none of a person. */
async function kindSaid({ jid, kind }: Entity, link: DiagnosisLink): Promise<EntityKind> {
  if (kind !== 'user') return kind;
  const vcard = await link.vcardOf(jid);
  return kindOf({
    jid: { node: nodeOf(jid) },
    ...given({ role: vcard.ok ? vcard.value.role : undefined }),
  });
}

/** Nothing that was looked at is in the way: whoever should be connected is not. */
function silenceOf(checks: readonly OfflineCheck[], kind: EntityKind | undefined): OfflineCause {
  if (kind === 'user') return { name: 'not-logged-in' };
  const managed = checks.find((check) => check.name === 'managed');
  return managed?.outcome === 'good'
    ? { name: 'machine-silent', called: managed.hypervisor }
    : { name: 'agent-down' };
}

/** What was so when the application last ran proves nothing. */
function isThere({ state, stale }: Entity): boolean {
  return !stale && state !== 'offline' && state !== 'unknown';
}

function checkLink({ account, connection }: DiagnosisSubject): Finding {
  if (connection.name === 'online') return { checks: [{ name: 'link', outcome: 'good', account }] };
  const error = 'error' in connection ? connection.error : undefined;
  return {
    checks: [{ name: 'link', outcome: 'bad', account, ...given({ error }) }],
    cause: { name: 'link-down', account },
  };
}

type Looked = Result<AccountLookup, LookupFailure>;

function checkAccount({ jid, entities }: DiagnosisSubject, looked: Looked): Finding {
  const similar = looked.ok && looked.value.exists ? [] : similarTo(jid, entities);
  if (!looked.ok) {
    const obstacle = obstacleOf(looked.error);
    return { checks: [{ name: 'account', outcome: 'unknown', jid, obstacle, similar }] };
  }
  const { exists, lastLogin } = looked.value;
  const outcome = exists ? 'good' : 'bad';
  return {
    checks: [{ name: 'account', outcome, jid, similar, ...given({ lastLogin }) }],
    ...(!exists && { cause: { name: 'no-account', isCertain: true, similar } }),
  };
}

/** A machine's node part is a UUID that nobody types. */
function similarTo(jid: BareJid, entities: readonly Entity[]): readonly BareJid[] {
  const others = entities.map((one) => one.jid).filter((one) => one !== jid && !isMachineJid(one));
  return similarJids(jid, others);
}

const NOT_IN_ROSTER = { pending: false, subscription: 'not-in-roster' } as const;

function checkSubscription(
  { jid, entities }: DiagnosisSubject,
  entity: Entity | undefined,
  looked: Looked,
): Finding {
  const { pending, subscription } = entity ?? NOT_IN_ROSTER;
  const isSubscribed = subscription === 'to' || subscription === 'both';
  const outcome = isSubscribed ? 'good' : 'bad';
  const isConnected = looked.ok && looked.value.resources.length > 0;
  const checks: readonly OfflineCheck[] = [
    { name: 'subscription', outcome, subscription, pending },
  ];
  if (isSubscribed) return { checks };
  const similar = looked.ok ? [] : similarTo(jid, entities);
  return similar.length > 0
    ? { checks, cause: { name: 'no-account', isCertain: false, similar } }
    : { checks, cause: { name: 'not-subscribed', pending, isThere: isConnected } };
}

function checkResources(entity: Entity | undefined, looked: Looked): Finding {
  if (!looked.ok) {
    const obstacle = obstacleOf(looked.error);
    return { checks: [{ name: 'resources', outcome: 'unknown', obstacle, resources: [] }] };
  }
  const { resources } = looked.value;
  const isSilent = resources.length > 0;
  return {
    // Connections are good for it, and show that nothing else is to be looked for there.
    checks: [{ name: 'resources', outcome: isSilent ? 'good' : 'bad', resources }],
    ...(isSilent && entity && { cause: { name: 'presence-missing', resources } }),
  };
}

/** A machine is only as good as its hypervisor. */
async function checkHypervisor(
  { account, jid, entities }: DiagnosisSubject,
  link: DiagnosisLink | undefined,
  entity: Entity | undefined,
): Promise<Finding> {
  const host = entities.find(({ id }) => id === entity?.hypervisor);
  if (!host || !link) return { checks: [] };
  const { name: called, state } = host;
  const hypervisor = { name: 'hypervisor', hypervisor: called, state } as const;
  if (!isThere(host)) {
    return {
      checks: [{ ...hypervisor, outcome: 'bad' }],
      cause: { name: 'hypervisor-down', hypervisor: host.jid, called },
    };
  }
  const good: OfflineCheck = { ...hypervisor, outcome: 'good' };
  const managed = { name: 'managed', hypervisor: called } as const;
  const list = await link.ask(hypervisorControl.rostervm, host.jid, {});
  if (!list.ok) {
    return { checks: [good, { ...managed, outcome: 'unknown', error: list.error }] };
  }
  const isManaged = list.value.some((one) => {
    return one.isManaged && bareOf(account, one.jid) === entityId(account, jid);
  });
  return {
    checks: [good, { ...managed, outcome: isManaged ? 'good' : 'bad' }],
    ...(!isManaged && { cause: { name: 'not-managed', called } }),
  };
}

function bareOf(account: BareJid, text: string): string | undefined {
  const jid = parseJid(text);
  return jid && entityId(account, jid.bare);
}

function obstacleOf({ code }: LookupFailure): LookupObstacle {
  return code === 'no-answer' ? 'not-offered' : code;
}
