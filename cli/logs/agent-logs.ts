import type { GatheredLine } from '../../client/logs/log-gathering.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { LogLineReader } from '../../core/logs/log-line.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { health } from '../../core/protocol/health.ts';
import type { CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeNoEntity } from '../fleet.ts';
import { complain } from '../with-fleet.ts';
import type { LogPrinter } from './log-printer.ts';

const MOST = 5000;

/** Prints what agents tell of their own logs over XMPP, for hosts that have no SSH. */
export async function printByXmpp(
  cli: CliClient,
  names: readonly string[],
  lines: string,
  printer: LogPrinter,
): Promise<ExitCode> {
  const limit = lines === 'all' ? MOST : Number(lines);
  if (!Number.isInteger(limit) || limit < 1) {
    return complain('--lines takes a number, or all.', EXIT.usage);
  }
  let exit: ExitCode = EXIT.done;
  const gathered: GatheredLine[] = [];
  for (const name of names) {
    const found = cli.fleet.find(name);
    if (!found.ok) return complain(describeNoEntity(found.error), EXIT.usage);
    const told = await askAgent(cli, found.value.id, found.value.name, Math.min(limit, MOST));
    if (told.ok) gathered.push(...told.value);
    else exit = complain(told.error, EXIT.failed);
  }
  printer.print(gathered.sort((one, other) => (one.timeMs ?? 0) - (other.timeMs ?? 0)));
  return exit;
}

async function askAgent(
  cli: CliClient,
  id: EntityId,
  source: string,
  limit: number,
): Promise<Result<readonly GatheredLine[], string>> {
  const reply = await cli.client.call(id, health.logs, { limit });
  if (!reply.ok) {
    const { title, hint } = describeError(reply.error);
    return err(`${source}: ${title} ${hint}`);
  }
  const reader = new LogLineReader();
  // The codec of this very action has read it.
  const logs = reply.value as ReplyOf<typeof health.logs>;
  return ok(
    logs.map(({ line: raw }) => {
      const line = reader.read(raw);
      return { source, line, timeMs: line.timeMs };
    }),
  );
}
