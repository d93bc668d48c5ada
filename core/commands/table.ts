import * as v from 'valibot';
import { consoleCommands } from './console-commands.ts';
import { contacts } from './contacts.ts';
import { graphCommands } from './graph-commands.ts';
import type { Command, PlatformCommand } from './define-command.ts';
import { guestKeyboardCommands } from './guest-keyboard.ts';
import { machines } from './machines.ts';
import { power } from './power.ts';
import { resources } from './resources.ts';
import { sshCommands } from './ssh-commands.ts';
import { userCommands } from './user-commands.ts';
import { windowCommands } from './window-commands.ts';

/** Every command that acts on the platform, in the order in which menus show them. */
export const platformCommands = [
  ...power,
  ...resources,
  ...machines,
  ...guestKeyboardCommands,
  ...contacts,
  ...userCommands,
] as const;

/** Everything a user can do, each thing once. */
export const commands = [
  ...platformCommands,
  ...consoleCommands,
  ...graphCommands,
  ...sshCommands,
  ...windowCommands,
] as const;

type PlatformCommands = (typeof platformCommands)[number];
type WindowCommands =
  | (typeof consoleCommands)[number]
  | (typeof graphCommands)[number]
  | (typeof sshCommands)[number]
  | (typeof windowCommands)[number];
type InputOf<C> = C extends { readonly input: infer I extends v.GenericSchema }
  ? v.InferOutput<I>
  : never;

export type PlatformCommandId = PlatformCommands['id'];
export type WindowCommandId = WindowCommands['id'];
export type CommandId = PlatformCommandId | WindowCommandId;

/** The input of each command, by its id. */
export type CommandInput<Id extends CommandId> = InputOf<
  Extract<PlatformCommands | WindowCommands, { readonly id: Id }>
>;

/** What an input of a command names beside the targets; nothing where it is no input of it. */
export function namedWithin(command: PlatformCommand, input: unknown): readonly string[] {
  if (!command.within) return [];
  const read = v.safeParse(command.input, input);
  return read.success ? command.within(read.output) : [];
}

const byId = new Map<string, Command>(commands.map((command) => [command.id, command]));

export function findCommand(id: string): Command | undefined {
  return byId.get(id);
}
