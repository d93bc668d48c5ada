import type * as v from 'valibot';
import type { EntityKind, EntityState } from '../domain/entity.ts';

type InputSchema = v.GenericSchema<unknown, unknown>;

/** How much a command can take away: nothing, something that another command gives back, or for good. */
export type Danger = 'none' | 'reversible' | 'destructive';

/** What a window can have open that commands act on: the console of a target, a wall, or graphs. */
export type OpenThing = 'console' | 'wall' | 'graphs';

/** Where a command stands in menus; separators are drawn between groups. */
export type CommandGroup =
  | 'power'
  | 'resources'
  | 'machine'
  | 'contact'
  | 'view'
  | 'console'
  | 'graphs'
  | 'host'
  | 'panel'
  | 'workspace'
  | 'app'
  | 'help';

interface Common<Id extends string, I extends InputSchema> {
  readonly id: Id;
  readonly icon: string;
  readonly group: CommandGroup;
  readonly input: I;
  /** As `Mod+Shift+K`; Mod is Command on macOS and Control elsewhere. */
  readonly shortcut?: string;
}

/** A command that acts on the platform, through the wire: offered in the app and on the command line. */
export interface PlatformCommand<
  Id extends string = string,
  I extends InputSchema = InputSchema,
> extends Common<Id, I> {
  readonly surface: 'platform';
  readonly kinds: readonly EntityKind[];
  /** States in which it makes sense; absent: any, also offline. */
  readonly states?: readonly EntityState[];
  readonly permission?: string;
  /** A namespace of ours that the entity's agent must announce. */
  readonly feature?: string;
  readonly danger: Danger;
  /** Is asked about first, although another command gives back what it changes. */
  readonly asks?: boolean;
  /** The name of the entity is to be typed: nothing brings this back. */
  readonly typedName?: boolean;
  /** The command that takes it back. */
  readonly undo?: string;
  /** May be given to many entities at once. */
  readonly bulk: boolean;
  /** What an input names that is touched as well, by identifiers: it counts as targets do. */
  within?(input: v.InferOutput<I>): readonly string[];
  /** Its input has a `password`, which no page gives: main asks for it, and so does the command line. */
  readonly secret?: boolean;
  /** Wants more than one click: the window asks for the input in a form first. */
  readonly form?: boolean;
}

/** A command that acts on a window alone. */
export interface WindowCommand<
  Id extends string = string,
  I extends InputSchema = InputSchema,
> extends Common<Id, I> {
  readonly surface: 'window';
  /** Kinds of entity it needs to be given; absent: it needs none. */
  readonly kinds?: readonly EntityKind[];
  /** Is of use for those alone that are not there, as far as is known now. */
  readonly forAway?: boolean;
  /** Acts on the roster group that is selected. */
  readonly needsGroup?: boolean;
  /** What must be open in the window for it to act on. */
  readonly open?: OpenThing;
  /** The platform command that does it where that is not open. */
  readonly otherwise?: string;
  /** Turns over what other commands choose: of use on the keyboard, and no item of a menu. */
  readonly turns?: boolean;
}

export type Command = PlatformCommand | WindowCommand;

export function platform<const Id extends string, I extends InputSchema>(
  command: Omit<PlatformCommand<Id, I>, 'surface'>,
): PlatformCommand<Id, I> {
  return { ...command, surface: 'platform' };
}

export function window<const Id extends string, I extends InputSchema>(
  command: Omit<WindowCommand<Id, I>, 'surface'>,
): WindowCommand<Id, I> {
  return { ...command, surface: 'window' };
}
