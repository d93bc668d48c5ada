import type { Command } from '../../../core/commands/define-command.ts';
import { commands as table, findCommand } from '../../../core/commands/table.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { canBeChosen, commandReason, commandTitle } from '../../parts/command-entries.ts';
import type { CommandCenter } from '../../state/command-center.svelte.ts';
import { bestMatches, isPlainMatch } from '../../ui/fuzzy.ts';
import type { Choice } from '../workspaces/workspace-choices.ts';

export type PaletteItem =
  | { readonly kind: 'entity'; readonly key: string; readonly entity: Entity }
  | {
      readonly kind: 'command';
      readonly key: string;
      readonly command: Command;
      readonly title: string;
      readonly reason: string | undefined;
      /** What it is to be given, where it is one of several choices. */
      readonly input?: Choice['input'];
    };

type CommandItem = Extract<PaletteItem, { kind: 'command' }>;

const MOST_ENTITIES = 30;
const MOST_COMMANDS = 30;
const all: readonly Command[] = table;

/**
 * Commands by their words and by what else they are called, those that can be given now first. What only
 * has the letters of the query somewhere is left out where something has its words.
 */
export function commandItems(
  query: string,
  targets: readonly Entity[],
  center: CommandCenter,
  words: Messages,
  choices: readonly Choice[] = [],
): readonly PaletteItem[] {
  const given = choices.flatMap(({ command: id, input, title }) => {
    const command = findCommand(id);
    const key = `${id} ${Object.values(input).join(' ')}`;
    return command
      ? [{ kind: 'command' as const, key, command, title, reason: undefined, input }]
      : [];
  });
  const titled = all
    .filter((command) => command.id !== 'app.palette' && canBeChosen(command))
    .map((command) => ({
      kind: 'command' as const,
      key: command.id,
      command,
      title: commandTitle(command.id, words),
      reason: commandReason(command, targets, center, words),
    }));
  const also: Readonly<Record<string, string>> = words.otherWords;
  const textsOf = ({ title, key, command }: CommandItem): readonly string[] => [
    title,
    key,
    also[command.id] ?? '',
  ];
  const found = bestMatches<CommandItem>([...titled, ...given], query, textsOf, MOST_COMMANDS);
  const plain = found.filter((item) => isPlainMatch(query, textsOf(item)));
  return [...(plain.length > 0 ? plain : found)].sort(
    (a, b) => Number(a.reason !== undefined) - Number(b.reason !== undefined),
  );
}

/** Entities by name, JID and tags; none before something is typed. */
export function entityItems(query: string, entities: readonly Entity[]): readonly PaletteItem[] {
  if (query.trim() === '') return [];
  const textsOf = ({ name, jid, tags }: Entity) => [name, jid, ...tags];
  return bestMatches(entities, query, textsOf, MOST_ENTITIES).map((entity) => ({
    kind: 'entity',
    key: entity.id,
    entity,
  }));
}
