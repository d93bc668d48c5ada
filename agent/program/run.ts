import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { startAgent } from '../agent.ts';
import { startCentralAgent, type CentralAgent } from '../central-agent.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { entitySessions, type Reach } from '../connect.ts';
import { logSink, type LogSink } from '../log/log-sink.ts';
import { FileTail } from '../log/log-tail.ts';
import type { Logger } from '../log/logger.ts';
import { RotatingFile } from '../log/rotating-file.ts';
import { MachineFolders } from '../machines/machine-files.ts';
import { readAvatars } from '../store/avatar-folder.ts';
import { FolderStore } from '../store/agent-store.ts';
import { importOriginal } from '../store/import-original.ts';
import { AGENT_VERSION } from '../version.ts';
import { EXIT } from './exit-codes.ts';
import { measuring } from './measuring.ts';
import { hypervisorOf, reachOf, stackOf } from './surroundings.ts';

/** An end that a dead peer must not hold up. */
const STOP_MS = 5000;

/** Runs the agent until it is told to stop; the exit code is set when it cannot start. */
export async function run(configuration: Configuration, isForeground: boolean): Promise<void> {
  const { values } = configuration;
  const sink = openLog(configuration, isForeground);
  if (!sink) return;
  const logger = sink.loggerOf(values.HYPERVISOR.hypervisor_xmpp_jid);
  logger.info(`AGENT ${AGENT_VERSION} starts`);
  guard(logger);
  const [reach, hypervisor] = [await reachOf(values), hypervisorOf(values, logger)];
  if (!reach.ok) {
    fail(logger, EXIT.configuration, reach.error);
    return;
  }
  if (!hypervisor.ok) {
    fail(logger, EXIT.libvirt, hypervisor.error);
    return;
  }
  const store = new FolderStore(values.STORE.store_folder);
  const now = (): Date => new Date();
  await importOriginal({ values, store, logger, now });
  const measured = await measuring(values, hypervisor.value, store, logger);
  const agent = await startAgent({
    configuration,
    hostname: hostname(),
    hypervisor: hypervisor.value,
    store,
    sessions: entitySessions(reach.value),
    files: new MachineFolders(values.VIRTUALMACHINE.vm_base_path),
    statistics: measured.statistics,
    log: sink,
    avatars: await readAvatars(values.GLOBAL.machine_avatar_directory, logger),
    names: await readNames(values.HYPERVISOR.name_generation_file),
    now,
    random: Math.random,
  });
  if (!agent.ok) {
    fail(logger, EXIT.unknown, `STORE ${agent.error.code}: ${agent.error.file}`);
    return;
  }
  const central = await centralAgentOf(configuration, reach.value, sink);
  stopOnSignals(async () => {
    await central?.stop();
    await agent.value.stop();
    await measured.close();
  }, logger);
}

/** The central agent, where the configuration gives it an account. */
async function centralAgentOf(
  configuration: Configuration,
  reach: Reach,
  log: LogSink,
): Promise<CentralAgent | undefined> {
  const { CENTRALAGENT, STORE } = configuration.values;
  if (CENTRALAGENT.central_agent_xmpp_password === undefined) return undefined;
  const started = await startCentralAgent({
    configuration,
    hostname: hostname(),
    store: new FolderStore(join(STORE.store_folder, 'central-agent')),
    sessions: entitySessions(reach),
    log,
    now: () => new Date(),
  });
  if (started.ok) return started.value;
  const { code, file } = started.error;
  log.loggerOf(CENTRALAGENT.central_agent_xmpp_jid).error(`STORE ${code}: ${file}`);
  return undefined;
}

function openLog({ values }: Configuration, isForeground: boolean): LogSink | undefined {
  const { LOGGING } = values;
  if (isForeground) {
    return logSink(LOGGING.logging_level, (line) => process.stderr.write(`${line}\n`));
  }
  try {
    const file = new RotatingFile({
      path: LOGGING.logging_file_path,
      mostBytes: LOGGING.logging_max_bytes,
      keep: LOGGING.logging_backup_count,
    });
    const tail = new FileTail(LOGGING.logging_file_path);
    const now = (): Date => new Date();
    return logSink(LOGGING.logging_level, (line) => file.write(line), now, tail);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    process.stderr.write(`logging_file_path in section [LOGGING] cannot be used: ${why}\n`);
    process.exitCode = EXIT.configuration;
    return undefined;
  }
}

/** Bugs go to the log and, as tracebacks, to standard error; one entity's bug must not end the others. */
function guard(logger: Logger): void {
  process.on('unhandledRejection', (cause) => {
    logger.error(`AGENT a bug: ${cause instanceof Error ? cause.message : String(cause)}`);
    process.stderr.write(`${stackOf(cause)}\n`);
  });
  process.on('uncaughtException', (cause) => {
    logger.error(`AGENT ends because of a bug: ${cause.message}`);
    process.stderr.write(`${stackOf(cause)}\n`);
    process.exit(EXIT.unknown);
  });
}

function fail(logger: Logger, code: number, message: string): void {
  logger.error(message);
  process.exitCode = code;
}

function stopOnSignals(end: () => Promise<void>, logger: Logger): void {
  const stop = (signal: string, code: number): void => {
    logger.info(`AGENT ends after ${signal}`);
    setTimeout(() => process.exit(code), STOP_MS).unref();
    void end().then(() => process.exit(code));
  };
  process.once('SIGTERM', () => stop('SIGTERM', EXIT.done));
  process.once('SIGINT', () => stop('SIGINT', EXIT.interrupted));
}

/** One name a line; a platform without the file uses our own list. */
async function readNames(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
