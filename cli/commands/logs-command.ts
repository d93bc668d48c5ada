import type { Command } from 'commander';
import { AGENT_LOG } from '../../core/logs/agent-log-file.ts';
import type { ExitCode } from '../exit-code.ts';
import type { LogOptions } from '../logs/log-options.ts';
import type { GlobalOptions } from '../with-fleet.ts';

/** `archipel logs`: the logs of agents, merged by time. */
export function addLogsCommand(program: Command, finish: (exit: ExitCode) => void): void {
  program
    .command('logs <hypervisors...>')
    .description(
      'Print the logs of agents over SSH, merged by time. Each is a name of the roster, or an SSH destination.',
    )
    .option('--filter <text>', 'only lines with this text')
    .option('--regex <expression>', 'only lines that fit this regular expression')
    .option('--level <level>', 'only this level and above: debug, info, warning, error, critical')
    .option('--prefix <word>', 'only lines of this part of the agent, such as MIGRATION')
    .option('--case-sensitive', 'capitals and small letters differ')
    .option('--invert', 'the lines that do not fit --filter and --regex')
    .option('--follow', 'go on with each new line until interrupted')
    .option('--lines <N>', 'how many of the last lines of each log, or all', '100')
    .option('--ssh <destination>', '[user@]host[:port]; %n is the name of the hypervisor', '%n')
    .option('--file <path>', 'where the log is on the host', AGENT_LOG)
    .option('--trust-host-key <fingerprint...>', 'trust host keys with these fingerprints')
    .option('--via <way>', 'ssh, or xmpp: the agent itself tells', 'ssh')
    .action(async (names: readonly string[], options: LogOptions) => {
      // SSH is a good part of the program, which every other command would wait for.
      const { printLogs } = await import('../logs/print-logs.ts');
      finish(await printLogs(names, options, program.opts<GlobalOptions>()));
    });
}
