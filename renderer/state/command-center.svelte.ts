import {
  hindranceFor,
  hindranceForAll,
  hindranceForWindow,
  isFor,
  type Hindrance,
} from '../../core/commands/availability.ts';
import type { Command, WindowCommand } from '../../core/commands/define-command.ts';
import {
  findCommand,
  type CommandInput,
  type PlatformCommandId,
  type WindowCommandId,
} from '../../core/commands/table.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import type { InventoryStore } from './inventory-store.svelte.ts';
import type { NoticeStore } from './notice-store.svelte.ts';
import type { RunStore } from './run-store.svelte.ts';
import type { SelectionStore } from './selection-store.svelte.ts';

/** What the window does for each of its own commands; a missing one does not compile. */
export type WindowHandlers = {
  readonly [Id in WindowCommandId]: (input: CommandInput<Id>, targets: readonly EntityId[]) => void;
};

/** A command that waits for its form to be filled in. */
export interface OpenForm {
  readonly command: PlatformCommandId;
  readonly targets: readonly EntityId[];
  /** What is filled in already. */
  readonly preset: Readonly<Record<string, string>>;
}

/** What stands in the way of a command for what the window has open. */
export type OpenHindrance = (
  command: WindowCommand,
  targets: readonly Entity[],
) => Hindrance | undefined;

type PlatformInput = Record<string, unknown>;

/** The one place where a window gives commands, whichever button, key, menu or link asked for it. */
export class CommandCenter {
  readonly #inventory: InventoryStore;
  readonly #runs: RunStore;
  readonly #notices: NoticeStore;
  readonly #selection: SelectionStore;
  readonly #openHindrance: OpenHindrance;
  #handlers: WindowHandlers | undefined;
  #form = $state.raw<OpenForm>();

  constructor(
    inventory: InventoryStore,
    runs: RunStore,
    notices: NoticeStore,
    selection: SelectionStore,
    openHindrance: OpenHindrance,
  ) {
    this.#inventory = inventory;
    this.#runs = runs;
    this.#notices = notices;
    this.#selection = selection;
    this.#openHindrance = openHindrance;
  }

  /** The form that is open. */
  get form(): OpenForm | undefined {
    return this.#form;
  }

  openForm(
    command: PlatformCommandId,
    targets: readonly EntityId[],
    preset: OpenForm['preset'],
  ): void {
    this.#form = { command, targets, preset };
  }

  closeForm(): void {
    this.#form = undefined;
  }

  /** Takes the window's own commands until the returned function is called. */
  serve(handlers: WindowHandlers): () => void {
    this.#handlers = handlers;
    return () => (this.#handlers = undefined);
  }

  /** What stands in the way of giving a command to these entities. */
  hindrance(command: Command, targets: readonly Entity[]): Hindrance | undefined {
    if (command.surface === 'platform') return hindranceForAll(command, targets);
    if (command.needsGroup && this.#selection.group?.name === undefined)
      return { code: 'no-group' };
    return hindranceForWindow(command, targets) ?? this.#openHindrance(command, targets);
  }

  /** Does what a click on a command means: asks for its input first where it wants some. */
  choose(id: string, targets: readonly EntityId[]): void {
    const command = findCommand(id);
    if (!command || this.hindrance(command, this.#inventory.pick(targets))) return;
    if (command.surface === 'window') this.show(command.id, {}, targets);
    else if (command.form) this.openForm(platformId(command.id), targets, {});
    else void this.give(platformId(command.id), targets, {});
  }

  /** Gives a platform command with its input; tells the user when it could not be given. */
  async give(
    id: PlatformCommandId,
    targets: readonly EntityId[],
    input: PlatformInput,
  ): Promise<boolean> {
    return (await this.#start(id, targets, input)) !== undefined;
  }

  /** Gives a platform command and waits for what comes of it: whether it was done everywhere. */
  async carryOut(
    id: PlatformCommandId,
    targets: readonly EntityId[],
    input: PlatformInput,
  ): Promise<boolean> {
    const run = await this.#start(id, targets, input);
    if (run === undefined) return false;
    const { items } = await this.#runs.ended(run);
    return items.every(({ state }) => state.name === 'done');
  }

  /** Does a command of the window's own, whose input comes from outside and is parsed. */
  show(id: string, input: unknown, targets: readonly EntityId[]): void {
    const command = findCommand(id);
    if (command?.surface !== 'window' || !this.#handlers) return;
    const parsed = command.input['~standard'].validate(input);
    if (parsed instanceof Promise || parsed.issues) return;
    // The table ties each input to its handler; a lookup by a name at run time cannot be told so.
    const handler = this.#handlers[command.id as WindowCommandId] as (
      input: unknown,
      targets: readonly EntityId[],
    ) => void;
    handler(parsed.value, this.#fitting(command, targets));
  }

  /** Of a selection, those that the command is for, as far as they are known. */
  #fitting(command: WindowCommand, targets: readonly EntityId[]): readonly EntityId[] {
    return targets.filter((target) => {
      const entity = this.#inventory.peek(target);
      return !entity || isFor(command, entity);
    });
  }

  async #start(
    id: PlatformCommandId,
    targets: readonly EntityId[],
    input: PlatformInput,
  ): Promise<string | undefined> {
    const able = this.#able(id, targets);
    const isAble = new Set(able);
    const leftOut = targets.filter((target) => !isAble.has(target));
    const reply = await this.#runs.give(id, able, input, leftOut);
    if (reply.ok) return reply.value.id;
    this.#notices.fail(reply.error);
    return undefined;
  }

  /** Of a selection, those that can take the command; main checks each again. */
  #able(id: PlatformCommandId, targets: readonly EntityId[]): readonly EntityId[] {
    const command = findCommand(id);
    if (command?.surface !== 'platform' || targets.length < 2) return targets;
    return this.#inventory
      .pick(targets)
      .filter((entity) => hindranceFor(command, entity) === undefined)
      .map((entity) => entity.id);
  }
}

function platformId(id: string): PlatformCommandId {
  // Only ids of the table's platform commands come here.
  return id as PlatformCommandId;
}
