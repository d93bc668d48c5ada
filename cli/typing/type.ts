import { askKeymap } from '../../client/consoles/guest-keymap.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { compileText } from '../../core/keyboard/compile-text.ts';
import { guestLayoutOf } from '../../core/keyboard/keymaps.ts';
import { isLayoutId, type LayoutId } from '../../core/keyboard/layout.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import type { CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeNoEntity } from '../fleet.ts';
import { textSource, type TextSource } from '../prompt/text.ts';
import { complain, withFleet } from '../with-fleet.ts';
import { pressChords } from './press-chords.ts';
import { printPlan } from './print-plan.ts';
import type { TypeOptions } from './type-options.ts';
import { typeOnScreen } from './type-on-screen.ts';

const { keyboard: words, typing } = messagesFor('en');

/** Types what is on standard input in a machine, or shows how it would be typed. */
export async function type(vm: string, options: TypeOptions): Promise<ExitCode> {
  const layout = options.layout === undefined ? undefined : layoutNamed(options.layout);
  if (options.layout !== undefined && layout === undefined) {
    return complain(words.unknownLayout(options.layout), EXIT.usage);
  }
  const source = await textSource();
  if (layout !== undefined && options.dryRun === true) {
    return shown(await source.read(typing.askText(vm)), layout, options);
  }
  if (source.early === '' && options.dryRun !== true) return complain(typing.nothing, EXIT.usage);
  return withFleet(options, async (cli) => {
    const entity = await cli.fleet.findMachine(vm);
    if (!entity.ok) return complain(describeNoEntity(entity.error), EXIT.usage);
    return typeIn(cli, entity.value, source, layout, options);
  });
}

async function typeIn(
  cli: CliClient,
  entity: Entity,
  source: TextSource,
  given: LayoutId | undefined,
  options: TypeOptions,
): Promise<ExitCode> {
  const keymap = await askKeymap(cli.client, entity.id);
  if (!keymap.ok && given === undefined) {
    const { title, hint } = describeError(keymap.error);
    return complain(`${title} ${hint} ${words.giveLayout}`, EXIT.failed);
  }
  // With a layout that was given, the definition may be none of the user's business.
  const known = keymap.ok ? keymap.value : undefined;
  const layout = given ?? guessed(known);
  const read = (): Promise<string> => source.read(typing.askText(entity.name));
  if (options.dryRun === true) return shown(await read(), layout, options);
  const { via, ...rest } = options;
  if (via === 'send-key') return pressChords(cli, entity, { read, layout }, options);
  const way = via === undefined ? {} : { via };
  return typeOnScreen(cli, entity, { read, layout, keymap: known }, { ...rest, ...way });
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

function shown(text: string, layout: LayoutId, { json, groupSwitch }: TypeOptions): ExitCode {
  printPlan(layout, compileText(text, { layout, groupSwitch }), json === true);
  return EXIT.done;
}
