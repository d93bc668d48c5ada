import path from 'node:path';
import { LogGathering, type LogSource } from '../../client/logs/log-gathering.ts';
import type { FollowState } from '../../client/logs/log-follower.ts';
import type { LogLineTest } from '../../core/logs/log-filter.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { profileFolder } from '../../node/platform/paths.ts';
import { SshConnector } from '../../node/ssh/ssh-connector.ts';
import { parseDestination } from '../../node/ssh/ssh-endpoint.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import type { CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { lineTestOf, startOf, type LogOptions } from './log-options.ts';
import { printByXmpp } from './agent-logs.ts';
import { plain } from '../output/plain.ts';
import { LogPrinter } from './log-printer.ts';
import { describeState } from './describe-state.ts';
import { SshAnswers } from './ssh-answers.ts';
import { complain, withClient, withFleet, type GlobalOptions } from '../with-fleet.ts';

/** Prints what is asked for, by SSH or by XMPP. */
export function printLogs(
  names: readonly string[],
  options: LogOptions,
  global: GlobalOptions,
): Promise<ExitCode> {
  const refuse = (why: string): Promise<ExitCode> => Promise.resolve(complain(why, EXIT.usage));
  const test = lineTestOf(options);
  if (!test.ok) return refuse(test.error);
  if (options.via === 'xmpp') {
    const printer = new LogPrinter(test.value, global.json === true, names);
    return withFleet(global, (cli) => printByXmpp(cli, names, options, printer));
  }
  if (options.via !== 'ssh') return refuse('--via takes ssh or xmpp.');
  return withClient(global, (cli) => printBySsh(cli, names, options, test.value, global));
}

async function printBySsh(
  cli: CliClient,
  names: readonly string[],
  options: LogOptions,
  test: LogLineTest,
  global: GlobalOptions,
): Promise<ExitCode> {
  const from = startOf(options.lines);
  if (!from.ok) return complain(from.error, EXIT.usage);
  const answers = new SshAnswers(options.trustHostKey ?? []);
  const sources = sourcesOf(cli, names, options, answers, global);
  if (!sources.ok) return complain(sources.error, EXIT.usage);
  const shown = sources.value.map(({ name }) => name);
  const printer = new LogPrinter(test, global.json === true, shown);
  const states = new Map<string, FollowState>();
  const gathering = new LogGathering(
    sources.value,
    from.value,
    {
      lines: (lines) => printer.print(lines),
      state: (source, state) => {
        // What it was before it was told to end says how it went.
        if (state.name !== 'ended') states.set(source, state);
        const said = describeState(source, state, options.follow === true);
        if (said !== undefined) console.error(plain(said));
      },
      caughtUp: () => {
        if (options.follow !== true) gathering.stop();
      },
    },
    { clock: systemClock, random: Math.random },
  );
  const stop = (): void => gathering.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await gathering.run();
  return exitOf([...states.values()]);
}

function sourcesOf(
  cli: CliClient,
  names: readonly string[],
  options: LogOptions,
  answers: SshAnswers,
  global: GlobalOptions,
): Result<readonly LogSource[], string> {
  const profile = global.profile ?? profileFolder();
  const connector = new SshConnector({ ownKnownHosts: path.join(profile, 'known_hosts') });
  const sources: LogSource[] = [];
  for (const name of names) {
    const found = cli.fleet.find(name);
    if (found.ok && found.value.kind !== 'hypervisor') {
      return err(`${name} is no hypervisor. Name the one it runs on; --filter finds its lines.`);
    }
    // Who is not in the roster may still be reached: by the name that ssh knows.
    const host = found.ok ? (found.value.jid.split('@')[0] ?? name) : name;
    const destination = parseDestination(options.ssh.replaceAll('%n', host));
    if (!destination) return err(`“${options.ssh.replaceAll('%n', host)}” is no SSH destination.`);
    const shown = found.ok ? found.value.name : name;
    const connect: LogSource['connect'] = (signal) =>
      connector.connect(destination, answers, signal);
    sources.push({ name: shown, file: options.file, connect });
  }
  return ok(sources);
}

/** A log that could not be read is a failure, whatever became of the others. */
function exitOf(states: readonly FollowState[]): ExitCode {
  if (states.some(({ name }) => name === 'failed' || name === 'waiting')) return EXIT.notConnected;
  return states.some(({ name }) => name === 'missing' || name === 'denied')
    ? EXIT.failed
    : EXIT.done;
}
