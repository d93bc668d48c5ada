import type { ExplainedLog } from '../../core/contract/explanation.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { parseJid } from '../../core/domain/jid.ts';
import { LOG_LEVELS, LogLineReader, type LogLine } from '../../core/logs/log-line.ts';
import { moduleServing } from '../../core/protocol/agent-modules.ts';
import { health } from '../../core/protocol/health.ts';
import { redactData } from '../redaction.ts';
import type { ExplainedPlace, ExplanationLink } from './explained-place.ts';

/** So far back is looked, in lines. */
const LOOKED_AT = 500;
const MOST_LINES = 5;
const WARNING = LOG_LEVELS.indexOf('warning');

/** The last lines of the agent's log, warnings and worse, that speak of what went wrong. */
export async function explainLog(
  place: ExplainedPlace,
  host: Entity | undefined,
  link: ExplanationLink | undefined,
): Promise<ExplainedLog | undefined> {
  if (!host || !link) return undefined;
  const options = { cause: 'query', priority: 'user' } as const;
  const reply = await link.ask(health.logs, host.jid, { limit: LOOKED_AT }, options);
  if (!reply.ok) return { hypervisor: host.name, lines: [], error: reply.error };
  const reader = new LogLineReader();
  const lines = reply.value
    .map(({ line }) => reader.read(line))
    .filter((line) => isTelling(line, place))
    .map(({ text }) => String(redactData(text)));
  return { hypervisor: host.name, lines: lines.slice(-MOST_LINES) };
}

function isTelling({ level, text }: LogLine, { entity, namespace = '' }: ExplainedPlace): boolean {
  if (level === undefined || LOG_LEVELS.indexOf(level) < WARNING) return false;
  const module = moduleServing(namespace);
  const node = parseJid(entity.jid)?.node;
  return [entity.jid, node, namespace, module].some((part) => {
    return part !== undefined && part !== '' && text.includes(part);
  });
}
