import { Command } from 'commander';
import { addAccountCommands } from './commands/account-commands.ts';
import { addCallCommand } from './commands/call-command.ts';
import { addDemoCommand } from './commands/demo-command.ts';
import { addDoctorCommand } from './commands/doctor-command.ts';
import { addFleetCommands } from './commands/fleet-commands.ts';
import { addLogsCommand } from './commands/logs-command.ts';
import { addPlatformCommands } from './commands/platform-commands.ts';
import { addWhyCommand } from './commands/why-command.ts';
import { addScreenshotCommand } from './commands/screenshot-command.ts';
import { addTypeCommand } from './commands/type-command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { endWithReader } from './output/closed-pipe.ts';
import { CLI_VERSION } from './version.ts';

const program = new Command('archipel')
  .description('Run a fleet of libvirt hypervisors over XMPP, from the command line.')
  .version(CLI_VERSION)
  .option('--json', 'print JSON, for scripts')
  .option('--account <jid>', 'which account of the profile; the first without it')
  .option('--profile <folder>', 'where accounts, settings and cache are; shared with the app')
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage);
  });

endWithReader([process.stdout, process.stderr], process);

function finish(exit: ExitCode): void {
  process.exitCode = exit;
}

addAccountCommands(program, finish);
addFleetCommands(program, finish);
addCallCommand(program, finish);
addDoctorCommand(program, finish);
addWhyCommand(program, finish);
addLogsCommand(program, finish);
addDemoCommand(program, finish);
addTypeCommand(program, finish);
addScreenshotCommand(program, finish);
addPlatformCommands(program, finish);

await program.parseAsync();
