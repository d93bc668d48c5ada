import type { PlatformCommand } from '../../core/commands/define-command.ts';
import { findCommand } from '../../core/commands/table.ts';
import type { ConfirmationTarget, ConfirmationView } from '../../core/contract/confirmation.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { CommandWords } from '../../core/messages/en/commands.ts';

/** More things than this are confirmed whatever the command. */
const MANY = 10;

/** A command that is about to be given. */
export interface Proposal {
  readonly command: string;
  readonly targets: readonly ConfirmationTarget[];
  /** What its input names beside the targets. */
  readonly within: readonly string[];
  readonly input?: Readonly<Record<string, unknown>>;
}

/** What is to be confirmed before a command goes to its targets; undefined: nothing. */
export function confirmationFor(
  proposal: Proposal,
  messages: Messages,
): ConfirmationView | undefined {
  const command = findCommand(proposal.command);
  if (command?.surface !== 'platform') return undefined;
  const count = proposal.targets.length * Math.max(1, proposal.within.length);
  const isAsked = command.danger === 'destructive' || command.asks === true;
  if (!isAsked && count <= MANY) return undefined;
  return viewOf(command, proposal, messages);
}

function viewOf(
  command: PlatformCommand,
  { targets, within, input = {} }: Proposal,
  messages: Messages,
): ConfirmationView {
  const words = wordsOf(command.id, messages);
  const { confirmation } = messages;
  const verb = words.title.replace(/…$/u, '');
  const names = targets.map(({ text }) => text);
  const typed = typedFor(command, names);
  return {
    title: words.about?.(input) ?? titleOf(verb, names, within, words, confirmation),
    effect: words.effect ?? confirmation.many(Math.max(names.length, within.length)),
    targets: [...targets, ...within.map((identifier) => ({ text: '', identifier }))],
    verb,
    destructive: command.danger === 'destructive',
    ...(typed === undefined ? {} : { typed }),
  };
}

function titleOf(
  verb: string,
  names: readonly string[],
  within: readonly string[],
  words: CommandWords,
  { among, title }: Messages['confirmation'],
): string {
  if (within.length > 1) return among(verb, names.join(', '), within.length);
  return questionAbout(names, words) ?? title(verb, names);
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
