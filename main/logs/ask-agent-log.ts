import type { Client } from '../../client/client.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { health } from '../../core/protocol/health.ts';

/** The last lines of an agent's own log, by XMPP. */
export async function askAgentLog(
  client: Pick<Client, 'call'>,
  entity: EntityId,
  limit: number,
): Promise<Result<readonly string[], AppError>> {
  const reply = await client.call(entity, health.logs, { limit });
  if (!reply.ok) return reply;
  // The codec of this very action has read it.
  const lines = reply.value as ReplyOf<typeof health.logs>;
  return ok(lines.map(({ line }) => line));
}
