import type { AppError } from '../../core/contract/app-error.ts';
import type { ExplainedModule } from '../../core/contract/explanation.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { moduleServing } from '../../core/protocol/agent-modules.ts';
import { hypervisorInfo } from '../../core/protocol/hypervisor-info.ts';
import { given } from '../given.ts';
import type { ExplanationLink } from './explained-place.ts';

/**
 * The module behind an action that an entity lacks, and why it is not there. Only agents of ours can
 * be asked; of an original one no more is known than what the module is called.
 */
export async function explainModule(
  { namespace, reason: told }: Extract<AppError, { readonly code: 'unsupported' }>,
  host: Entity | undefined,
  link: ExplanationLink | undefined,
): Promise<ExplainedModule | undefined> {
  const id = moduleServing(namespace);
  if (id === undefined || !host) return undefined;
  const module = { id, hypervisor: host.name, ...given({ reason: told }) };
  const unknown = { ...module, state: 'unknown' } as const;
  if (!link || host.agent?.generation !== 'ours') return unknown;
  const options = { cause: 'query', priority: 'user' } as const;
  const info = await link.ask(hypervisorInfo.get, host.jid, {}, options);
  const found = info.ok ? info.value.modules.find((one) => one.id === id) : undefined;
  if (!found) return unknown;
  const { isLoaded, reason = told } = found;
  return { ...module, ...given({ reason }), state: isLoaded ? 'loaded' : 'not-loaded' };
}
