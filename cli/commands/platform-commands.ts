import type { Command } from 'commander';
import type { PlatformCommand } from '../../core/commands/define-command.ts';
import { platformCommands } from '../../core/commands/table.ts';
import type { Run, RunItem } from '../../core/contract/runs.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import { CALLER, type CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { AGENT_PATIENCE_MS, describeNoEntity } from '../fleet.ts';
import { plain } from '../output/plain.ts';
import { inputFields, readInput } from '../platform-input.ts';
import { askYes } from '../prompt/confirm.ts';
import { askPassword, holdsMore } from '../prompt/password.ts';
import { ownTerminal } from '../prompt/terminal.ts';
import { complain, withFleet, type GlobalOptions } from '../with-fleet.ts';

const words = messagesFor('en').commands;
const NO_PASSWORD =
  'No password was given. Standard input has one in each line: that of the account, unless the keychain has it, then this one.';
/** Or the account's own password, which nobody asked for, would become the user's. */
const MORE_LINES =
  'Standard input has more lines than passwords are asked for. Leave out that of the account where the keychain has it.';

/** Every platform command of the table, under its own id. */
export function addPlatformCommands(program: Command, finish: (exit: ExitCode) => void): void {
  const all: readonly PlatformCommand[] = platformCommands;
  for (const command of all) addOne(program, command, finish);
}

function addOne(
  program: Command,
  command: PlatformCommand,
  finish: (exit: ExitCode) => void,
): void {
  const asked = command.secret === true ? 'password' : undefined;
  const typed = inputFields(command).filter(({ name }) => name !== asked);
  const fields = typed.map(({ name, isOptional }) => {
    return isOptional ? `[${name}=…]` : `${name}=…`;
  });
  const targets =
    command.kinds.length === 0 ? '' : command.bulk ? ' <entities...>' : ' <entities...>';
  const sub = program
    .command(`${command.id}${targets === '' ? ' [input...]' : targets}`)
    .description(`${titleOf(command)}${fields.length > 0 ? ` (${fields.join(' ')})` : ''}`);
  if (isAskedAbout(command)) {
    sub.option('--yes', 'do not ask; the targets are named on the command line');
  }
  sub.action(async (given: readonly string[], options: { yes?: boolean }) => {
    const global = program.opts<GlobalOptions>();
    finish(await withFleet(global, (cli) => run(cli, command, given, { ...global, ...options })));
  });
}

type RunOptions = GlobalOptions & { readonly yes?: boolean };

async function run(
  cli: CliClient,
  command: PlatformCommand,
  given: readonly string[],
  options: RunOptions,
): Promise<ExitCode> {
  const targets = await targetsIn(
    cli,
    given.filter((word) => !isAssignment(word)),
  );
  if (!targets.ok) return complain(targets.error, EXIT.usage);
  const input = await wholeInput(command, given.filter(isAssignment));
  if (!input.ok) return complain(input.error, EXIT.usage);
  if (isAskedAbout(command) && options.yes !== true) {
    const names = targets.value.map((id) => cli.client.nameOf(id)).join(', ');
    const isAgreed = await askYes(`${titleOf(command)}: ${names}. ${effectOf(command)} Go ahead?`);
    if (!isAgreed) return complain('Nothing was done.', EXIT.failed);
  }
  if (command.feature !== undefined) await cli.fleet.agentsKnown(targets.value, AGENT_PATIENCE_MS);
  const request = { command: command.id, targets: [...targets.value], input: input.value };
  const started = await cli.client.handlers.runs.start(request, CALLER);
  if (!started.ok) return complain(inWords(started.error), EXIT.failed);
  const ended = await cli.finished(started.value.id);
  report(ended, options.json ?? false);
  return exitOf(ended);
}

/** The input as it is given, with the password that is asked for. */
async function wholeInput(
  command: PlatformCommand,
  given: readonly string[],
): Promise<Result<Record<string, unknown>, string>> {
  if (command.secret !== true) return readInput(command, given);
  if (given.some((word) => word.startsWith('password='))) {
    return err(
      'A password on a command line can be read by others. Leave it out: it is asked for.',
    );
  }
  const password = await askPassword(ownTerminal, 'Password: ');
  if (password === undefined) return err(NO_PASSWORD);
  if (holdsMore(ownTerminal)) return err(MORE_LINES);
  return readInput(command, [...given, `password=${password}`]);
}

function isAskedAbout({ danger, asks }: PlatformCommand): boolean {
  return danger === 'destructive' || asks === true;
}

async function targetsIn(
  cli: CliClient,
  names: readonly string[],
): Promise<Result<readonly EntityId[], string>> {
  const ids: EntityId[] = [];
  for (const name of names) {
    const found = await cli.fleet.findHeard(name);
    if (!found.ok) return err(describeNoEntity(found.error));
    ids.push(found.value.id);
  }
  return ok(ids);
}

function isAssignment(word: string): boolean {
  return /^[a-z][a-z0-9]*=/iu.test(word);
}

function report({ items }: Run, isJson: boolean): void {
  if (isJson) {
    console.log(
      JSON.stringify(items.map(({ entityName, state }) => ({ entity: entityName, ...state }))),
    );
    return;
  }
  for (const item of items) console.log(plain(`${item.entityName}: ${outcomeOf(item)}`));
}

function outcomeOf({ state }: RunItem): string {
  if (state.name === 'done') return state.note === undefined ? 'done' : `done, ${state.note}`;
  return 'error' in state ? inWords(state.error) : state.name;
}

function exitOf({ items }: Run): ExitCode {
  if (items.some(({ state }) => state.name === 'unknown')) return EXIT.unknown;
  return items.every(({ state }) => state.name === 'done') ? EXIT.done : EXIT.failed;
}

function titleOf({ id }: PlatformCommand): string {
  const table: Readonly<Record<string, { title: string }>> = words;
  return (table[id]?.title ?? id).replace(/…$/u, '');
}

function effectOf({ id }: PlatformCommand): string {
  const table: Readonly<Record<string, { effect?: string }>> = words;
  return table[id]?.effect ?? '';
}

function inWords(error: Parameters<typeof describeError>[0]): string {
  const { title, hint } = describeError(error);
  return `${title} ${hint}`;
}
