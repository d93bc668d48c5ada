import type { AppError } from '../../core/contract/app-error.ts';
import type { PastWanted } from '../../core/contract/statistics.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import { health } from '../../core/protocol/health.ts';
import { statistics, type StatisticsHistory } from '../../core/protocol/statistics.ts';
import type { AskOptions } from '../requests/request-engine.ts';
import { pastOfOriginal } from './original-past.ts';
import { offersStatistics, uuidOf } from './wanted-statistics.ts';

/** As many as the original client asks for. */
const ORIGINAL_SAMPLES = 100;
const OPTIONS: AskOptions = { cause: 'query', priority: 'visible' };

interface PastLink {
  ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
    options: AskOptions,
  ): Promise<Result<Reply, AppError>>;
}

interface PastSources {
  readonly find: (id: EntityId) => Entity | undefined;
  readonly link: (account: BareJid) => PastLink | undefined;
  readonly now: number;
}

type Past = Promise<Result<StatisticsHistory, AppError>>;

/** The past of an entity, of our agent by time, of an original one its last samples. */
export async function readPast(wanted: PastWanted, { find, link, now }: PastSources): Past {
  const entity = find(wanted.entity);
  if (!entity) return err({ code: 'not-found', what: wanted.entity });
  const hypervisor = hypervisorOf(entity, find);
  if (!hypervisor) return err({ code: 'not-found', what: entity.name });
  const through = link(entity.account);
  if (!through) return err({ code: 'not-connected', jid: entity.account });
  return offersStatistics(hypervisor)
    ? askOurs(wanted, entity, hypervisor, through)
    : askOriginal(entity, hypervisor, through, now);
}

function hypervisorOf(entity: Entity, find: PastSources['find']): Entity | undefined {
  if (entity.kind === 'hypervisor') return entity;
  return entity.hypervisor === undefined ? undefined : find(entity.hypervisor);
}

function askOurs(
  { fromMs, toMs, stepSeconds }: PastWanted,
  entity: Entity,
  { jid }: Entity,
  link: PastLink,
): Past {
  const machine = entity.kind === 'virtualmachine' ? uuidOf(entity.jid) : undefined;
  const stretch = { fromMs, toMs, stepSeconds };
  const wanted = machine === undefined ? stretch : { ...stretch, machine };
  return link.ask(statistics.history, jid, wanted, OPTIONS);
}

async function askOriginal(entity: Entity, hypervisor: Entity, link: PastLink, now: number): Past {
  if (entity.kind === 'virtualmachine') {
    const { namespace, name: action } = statistics.history;
    return err({ code: 'unsupported', entity: hypervisor.name, namespace, action });
  }
  const limit = { limit: ORIGINAL_SAMPLES };
  const answer = await link.ask(health.history, hypervisor.jid, limit, OPTIONS);
  return answer.ok ? ok(pastOfOriginal(answer.value, now)) : answer;
}
