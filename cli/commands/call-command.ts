import type { Command } from 'commander';
import { isUncertain } from '../../client/journal/journal.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import { ALL_ACTIONS, type ListedAction } from '../../core/protocol/all-actions.ts';
import {
  argumentsOf,
  inputFromArguments,
  type ActionArgument,
  type ArgumentProblem,
  type GivenArguments,
} from '../../core/protocol/arguments.ts';
import type { ActionKind } from '../../core/protocol/define-action.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/parse.ts';
import type { CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeNoEntity } from '../fleet.ts';
import { complain, withFleet, type GlobalOptions } from '../with-fleet.ts';

/** `archipel call`: any action of the protocol, with its arguments checked before it is sent. */
export function addCallCommand(program: Command, finish: (exit: ExitCode) => void): void {
  program
    .command('call <entity> <action> [arguments...]')
    .description('Give one action of the protocol, as module.action, with name=value arguments.')
    .addHelpText('after', actionHelp)
    .action(async (entity: string, action: string, words: readonly string[]) => {
      const listed = findListed(action);
      if (!listed) {
        finish(
          complain(`“${action}” is no action. “archipel call --help” lists them.`, EXIT.usage),
        );
        return;
      }
      const global = program.opts<GlobalOptions>();
      finish(await withFleet(global, (cli) => call(cli, entity, listed, words)));
    });
}

async function call(
  cli: CliClient,
  name: string,
  { action }: ListedAction,
  words: readonly string[],
): Promise<ExitCode> {
  if (takesPassword(argumentsOf(action))) return complain(noPasswords(action.name), EXIT.usage);
  const given = readWords(words);
  if (!given.ok) return complain(given.error, EXIT.usage);
  const input = inputFromArguments(action, given.value);
  if (!input.ok) return complain(describeProblem(input.error), EXIT.usage);
  const entity = await cli.fleet.findHeard(name);
  if (!entity.ok) return complain(describeNoEntity(entity.error), EXIT.usage);
  const reply = await cli.client.call(entity.value.id, action, input.value);
  if (reply.ok) {
    console.log(JSON.stringify(reply.value ?? null, undefined, 2));
    return EXIT.done;
  }
  const { title, hint } = describeError(reply.error);
  return complain(`${title} ${hint}`, exitOf(action.kind, reply.error));
}

/** A question that failed has no outcome; an order may have been carried out all the same. */
export function exitOf(kind: ActionKind, error: AppError): ExitCode {
  return kind === 'set' && isUncertain(error) ? EXIT.unknown : EXIT.failed;
}

/** What is typed in a shell is kept in its history and can be read by other programs. */
function takesPassword(given: readonly ActionArgument[]): boolean {
  return given.some(({ name, takes }) => {
    return name === 'password' || (takes.kind === 'group' && takesPassword(takes.arguments));
  });
}

function noPasswords(action: string): string {
  return `“${action}” takes a password, which others could read on a command line. The command for it asks instead: “archipel --help” lists them.`;
}

/** `name=value` words; a value that begins with `<` is XML. */
function readWords(words: readonly string[]): Result<GivenArguments, string> {
  const given: Record<string, (string | XmlElement)[]> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals < 1) return err(`“${word}” is no argument of the form name=value.`);
    const value = readValue(word.slice(equals + 1));
    if (!value.ok) return value;
    (given[word.slice(0, equals)] ??= []).push(value.value);
  }
  return ok(given);
}

function readValue(text: string): Result<string | XmlElement, string> {
  if (!text.trimStart().startsWith('<')) return ok(text);
  const document = parseXml(text.trim());
  if (document.ok) return ok(document.value.root);
  const { code, line, column } = document.error;
  return err(`The XML is wrong in line ${line}, column ${column}: ${code}.`);
}

function describeProblem(problem: ArgumentProblem): string {
  if (problem.code === 'unknown-argument') return `There is no argument “${problem.name}”.`;
  return `${problem.path.replace('arguments/@', '').replace('arguments/', '')}: ${problem.problem}${
    problem.found === undefined ? '' : ` (“${problem.found}”)`
  }.`;
}

function findListed(name: string): ListedAction | undefined {
  return ALL_ACTIONS.find(({ module, action }) => `${module}.${action.name}` === name);
}

function actionHelp(): string {
  const lines = ALL_ACTIONS.map(({ module, action }) => {
    const given = argumentsOf(action).map(shown).join(' ');
    return `  ${module}.${action.name} ${given}\n      ${action.summary}`;
  });
  return `\nActions:\n${lines.join('\n')}`;
}

function shown({ name, isRequired, isRepeated }: ActionArgument): string {
  const text = `${name}=…${isRepeated ? ' …' : ''}`;
  return isRequired ? text : `[${text}]`;
}
