import type { AppError } from '../../core/contract/app-error.ts';
import type { Explanation, Failure } from '../../core/contract/explanation.ts';
import type { Entity } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ALL_ACTIONS, findAction } from '../../core/protocol/all-actions.ts';
import { given } from '../given.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';
import type { WantedExchange } from '../stanzas/find-exchange.ts';
import type { Exchange } from '../stanzas/stanza-recorder.ts';
import { explainLog } from './explain-log.ts';
import { explainModule } from './explain-module.ts';
import type { ExplainedPlace, ExplanationLink } from './explained-place.ts';

/** Where the evidence of an error is looked for. */
export interface ExplanationSources {
  readonly entities: readonly Entity[];
  readonly orders: readonly JournalEntry[];
  exchange(wanted: WantedExchange): Promise<Exchange | undefined>;
  /** Undefined while the account is not connected. */
  link(account: BareJid): ExplanationLink | undefined;
}

/** Looks for what stands behind an error; asks the hypervisor and the server where they can tell. */
export async function explain(failure: Failure, sources: ExplanationSources): Promise<Explanation> {
  const place = placeOf(failure, sources);
  const facts = described(failure.error, place);
  if (!place) return facts;
  const { entity } = place;
  const host = hostOf(entity, sources.entities);
  const link = sources.link(entity.account);
  const { error } = failure;
  const [exchange, module, log, grantedBy] = await Promise.all([
    sources.exchange(wantedOf(failure, place)),
    error.code === 'unsupported' ? explainModule(error, host, link) : undefined,
    explainLog(place, host, link),
    error.code === 'denied' ? (link?.administrators() ?? []) : undefined,
  ]);
  return {
    ...facts,
    entity: { id: entity.id, name: entity.name, jid: entity.jid },
    ...exchange,
    ...given({ module, log }),
    ...(error.code === 'denied' && {
      permission: { name: error.permission, grantedBy: grantedBy ?? [] },
    }),
  };
}

function described(error: AppError, place: ExplainedPlace | undefined): Explanation {
  const { namespace, action: name } = place ?? partsOf(error);
  if (namespace === undefined || name === undefined) return {};
  const summary = findAction(namespace, name)?.summary;
  return { action: { namespace, name, ...given({ summary }) } };
}

/** The order is on record; a question is known by what the error says of it. */
function placeOf(failure: Failure, sources: ExplanationSources): ExplainedPlace | undefined {
  const { entities } = sources;
  const order = orderOf(failure, sources.orders);
  if (order) {
    const { namespace, action, stanzaId } = order;
    const entity = entities.find(({ account, jid }) => {
      return account === order.account && jid === order.jid;
    });
    return entity && { entity, namespace, action, stanzaId };
  }
  const parts = partsOf(failure.error);
  const entity = failure.entity
    ? entities.find(({ id }) => id === failure.entity)
    : onlyOne(entities.filter(({ name }) => name === parts.entity));
  return entity && { entity, ...withPermission(parts, entity), stanzaId: undefined };
}

function orderOf({ run, entity }: Failure, orders: readonly JournalEntry[]) {
  if (run === undefined) return undefined;
  return orders.findLast((one) => one.run === run && one.subject === entity);
}

interface Parts {
  readonly entity: string | undefined;
  readonly namespace: string | undefined;
  readonly action: string | undefined;
  readonly permission: string | undefined;
}

function partsOf(error: AppError): Parts {
  // It may come from a page, which can say anything.
  const part = (name: string): string | undefined => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    entity: part('entity'),
    namespace: part('namespace'),
    action: part('action'),
    permission: part('permission'),
  };
}

/** Where only the permission is told, the one action that wants it is meant. */
function withPermission({ namespace, action, permission }: Parts, { kind }: Entity) {
  if (namespace !== undefined || permission === undefined) return { namespace, action };
  const wanting = ALL_ACTIONS.filter((one) => {
    return one.action.permission === permission && ['any', kind].includes(one.action.entity);
  });
  const only = onlyOne(wanting)?.action;
  return { namespace: only?.namespace, action: only?.name };
}

function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

const UNANSWERED: ReadonlySet<AppError['code']> = new Set([
  'timed-out',
  'outcome-unknown',
  'not-sent',
  'not-connected',
]);

function wantedOf({ error, at }: Failure, place: ExplainedPlace): WantedExchange {
  const { entity, namespace, action, stanzaId } = place;
  const { account, jid } = entity;
  const wanted = { account, jid, namespace, action, stanzaId, before: at };
  if (stanzaId !== undefined || error.code === 'damaged-reply') {
    return { ...wanted, outcome: 'anything' };
  }
  return { ...wanted, outcome: UNANSWERED.has(error.code) ? 'nothing' : 'error' };
}

/** The hypervisor whose agent answers for an entity. */
function hostOf(entity: Entity, entities: readonly Entity[]): Entity | undefined {
  if (entity.kind === 'hypervisor') return entity;
  return entities.find(({ id }) => id === entity.hypervisor);
}
