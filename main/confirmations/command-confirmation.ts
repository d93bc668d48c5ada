import { findCommand } from '../../core/commands/table.ts';
import type { PlatformCommand } from '../../core/commands/define-command.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { CommandWords } from '../../core/messages/en/commands.ts';

type Input = Readonly<Record<string, unknown>>;

/** More targets than this are confirmed whatever the command. */
const MANY = 10;

/** What is to be confirmed before a command goes to its targets; undefined: nothing. */
export function confirmationFor(
  id: string,
  names: readonly string[],
  messages: Messages,
  input: Input = {},
): ConfirmationView | undefined {
  const command = findCommand(id);
  if (command?.surface !== 'platform') return undefined;
  if (command.danger !== 'destructive' && names.length <= MANY) return undefined;
  return viewOf(command, names, messages, input);
}

function viewOf(
  command: PlatformCommand,
  names: readonly string[],
  messages: Messages,
  input: Input,
): ConfirmationView {
  const words = wordsOf(command.id, messages);
  const verb = words.title.replace(/…$/u, '');
  const typed = typedFor(command, names);
  return {
    title:
      words.about?.(input) ??
      questionAbout(names, words) ??
      messages.confirmation.title(verb, names),
    effect: words.effect ?? messages.confirmation.many(names.length),
    targets: names,
    verb,
    destructive: command.danger === 'destructive',
    ...(typed === undefined ? {} : { typed }),
  };
}

function questionAbout(names: readonly string[], words: CommandWords): string | undefined {
  const [name, another] = names;
  return name === undefined || another !== undefined ? undefined : words.question?.(name);
}

/** One name is typed as it is; of several, their number. */
function typedFor(command: PlatformCommand, names: readonly string[]): string | undefined {
  if (!command.typedName) return undefined;
  return names.length === 1 ? names[0] : String(names.length);
}

function wordsOf(id: string, messages: Messages): CommandWords {
  const table: Readonly<Record<string, CommandWords>> = messages.commands;
  return table[id] ?? { title: id };
}
