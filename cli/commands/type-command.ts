import { Option, type Command } from 'commander';
import {
  compileText,
  eventsOf,
  GROUP_SWITCHES,
  type GroupSwitch,
  type TypingPlan,
} from '../../core/keyboard/compile-text.ts';
import { keymapOf } from '../../core/keyboard/definition-keymap.ts';
import { guestLayoutOf } from '../../core/keyboard/keymaps.ts';
import { isLayoutId, layoutOf, LAYOUT_IDS, type LayoutId } from '../../core/keyboard/layout.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeNoEntity } from '../fleet.ts';
import { readText } from '../prompt/text.ts';
import { complain, withFleet, type GlobalOptions } from '../with-fleet.ts';

interface TypeOptions extends GlobalOptions {
  readonly layout?: string;
  readonly groupSwitch?: GroupSwitch;
}

const words = messagesFor('en').keyboard;

/** `archipel type`: what would be typed in a machine, for the keyboard layout of its guest. */
export function addTypeCommand(program: Command, finish: (exit: ExitCode) => void): void {
  program
    .command('type <vm>')
    .description(
      'Compile a text from standard input into the key events that type it in a machine.',
    )
    .option('--layout <name>', 'keyboard layout of the guest; else what its definition says')
    .addOption(
      new Option('--group-switch <keys>', 'how the guest changes between its two layouts').choices(
        Object.keys(GROUP_SWITCHES),
      ),
    )
    .requiredOption('--dry-run', 'print the key events and send nothing')
    .addHelpText('after', `\nLayouts: ${LAYOUT_IDS.join(', ')}`)
    .action(async (vm: string, options: TypeOptions) => {
      finish(await type(vm, { ...program.opts<GlobalOptions>(), ...options }));
    });
}

async function type(vm: string, options: TypeOptions): Promise<ExitCode> {
  if (options.layout !== undefined) {
    const layout = layoutNamed(options.layout);
    if (layout === undefined) return complain(words.unknownLayout(options.layout), EXIT.usage);
    return printed(await readText(process.stdin), layout, options);
  }
  // Read before anything else could take a line of it for a password.
  const text = await readText(process.stdin);
  return withFleet(options, async (cli) => {
    const entity = cli.fleet.find(vm);
    if (!entity.ok) return complain(describeNoEntity(entity.error), EXIT.usage);
    const keymap = await keymapIn(cli, entity.value.id);
    if (!keymap.ok) return complain(keymap.error, EXIT.failed);
    return printed(text, guessed(keymap.value), options);
  });
}

/** A layout by our id, or by QEMU's name of the keymap. */
function layoutNamed(name: string): LayoutId | undefined {
  return isLayoutId(name) ? name : guestLayoutOf(name);
}

function guessed(keymap: string | undefined): LayoutId {
  const layout = keymap === undefined ? undefined : guestLayoutOf(keymap);
  if (layout === undefined) console.error(words.guessedByDefault(words.layouts.us));
  else console.error(words.guessedFromKeymap(words.layouts[layout], keymap ?? ''));
  return layout ?? 'us';
}

async function keymapIn(
  cli: CliClient,
  entity: Parameters<CliClient['client']['call']>[0],
): Promise<Result<string | undefined, string>> {
  const reply = await cli.client.call(entity, vmControl.xmldesc, {});
  if (reply.ok) return ok(isElement(reply.value) ? keymapOf(readerOf(reply.value)) : undefined);
  const { title, hint } = describeError(reply.error);
  return err(`${title} ${hint} ${words.giveLayout}`);
}

/** A machine without a definition answers with none. */
function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && 'children' in value;
}

function printed(text: string, layout: LayoutId, { json, groupSwitch }: TypeOptions): ExitCode {
  const plan = compileText(text, { layout, groupSwitch });
  if (json === true) console.log(asJson(layout, plan));
  else console.log(asLines(layout, plan).join('\n'));
  return EXIT.done;
}

function asJson(layout: LayoutId, plan: TypingPlan): string {
  const { group, untypable } = plan;
  return JSON.stringify({ layout, group, events: eventsOf(plan), untypable });
}

function asLines(layout: LayoutId, plan: TypingPlan): readonly string[] {
  const events = eventsOf(plan);
  const { latin } = layoutOf(layout);
  const group = plan.group === 'latin' && latin !== undefined ? latin : layout;
  return [
    words.compiled(events.length, words.layouts[layout]),
    ...(latin === undefined ? [] : [words.guestGroup(words.layouts[group])]),
    events.map(({ scancode, down }) => `${down ? '+' : '-'}${scancode.toString(16)}`).join(' '),
    ...plan.untypable.map(words.untypable),
  ].filter((line) => line !== '');
}
