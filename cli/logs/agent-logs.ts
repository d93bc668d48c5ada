import { AgentLog } from '../../client/logs/agent-log.ts';
import type { GatheredLine } from '../../client/logs/log-gathering.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import { LogLineReader } from '../../core/logs/log-line.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { health } from '../../core/protocol/health.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import type { CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeNoEntity } from '../fleet.ts';
import { plain } from '../output/plain.ts';
import { complain } from '../with-fleet.ts';
import type { LogOptions } from './log-options.ts';
import type { LogPrinter } from './log-printer.ts';

const MOST = 5000;
/** How often agents are asked that send nothing by themselves. */
const PERIOD_MS = 15_000;

/** Prints what agents tell of their own logs over XMPP, for hosts that have no SSH. */
export async function printByXmpp(
  cli: CliClient,
  names: readonly string[],
  { lines, follow }: Pick<LogOptions, 'lines' | 'follow'>,
  printer: LogPrinter,
): Promise<ExitCode> {
  const limit = lines === 'all' ? MOST : Number(lines);
  if (!Number.isInteger(limit) || limit < 1) {
    return complain('--lines takes a number, or all.', EXIT.usage);
  }
  const entities: Entity[] = [];
  for (const name of names) {
    const found = await cli.fleet.findHeard(name);
    if (!found.ok) return complain(describeNoEntity(found.error), EXIT.usage);
    entities.push(found.value);
  }
  if (follow === true) return followAgents(cli, entities, limit, printer);
  let exit: ExitCode = EXIT.done;
  const gathered: GatheredLine[] = [];
  for (const { id, name } of entities) {
    const told = await askAgent(cli, id, name, Math.min(limit, MOST));
    if (told.ok) gathered.push(...told.value);
    else exit = complain(told.error, EXIT.failed);
  }
  printer.print(gathered.sort((one, other) => (one.timeMs ?? 0) - (other.timeMs ?? 0)));
  return exit;
}

/** Goes on with each new line until interrupted: agents of ours send them, others are asked now and then. */
async function followAgents(
  cli: CliClient,
  entities: readonly Entity[],
  limit: number,
  printer: LogPrinter,
): Promise<ExitCode> {
  const logs = entities.map(({ id, name: source }) => {
    const reader = new LogLineReader();
    let isFirst = true;
    return new AgentLog({
      follow: (pushed) => cli.client.followLog(id, { ...pushed, isWatched: () => true }),
      ask: async (most) => {
        const reply = await cli.client.call(id, health.logs, { limit: most });
        // The codec of this very action has read it.
        return reply.ok ? ok((reply.value as Logs).map(({ line }) => line)) : reply;
      },
      isWatched: () => true,
      periodMs: PERIOD_MS,
      clock: systemClock,
      listener: {
        asked: () => undefined,
        answered: () => undefined,
        failed: (error) => {
          console.error(plain(`${source}: ${describeError(error).title}`));
        },
        lines: (lines, isGap) => {
          const read = (isFirst ? lines.slice(-limit) : lines).map((raw): GatheredLine => {
            const line = reader.read(raw);
            return { source, line, timeMs: line.timeMs };
          });
          isFirst = false;
          printer.print(isGap ? [{ source, line: undefined, timeMs: undefined }, ...read] : read);
        },
      },
    });
  });
  for (const one of logs) one.start();
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  for (const one of logs) one.stop();
  return EXIT.done;
}

type Logs = ReplyOf<typeof health.logs>;

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
  const logs = reply.value as Logs;
  return ok(
    logs.map(({ line: raw }) => {
      const line = reader.read(raw);
      return { source, line, timeMs: line.timeMs };
    }),
  );
}
