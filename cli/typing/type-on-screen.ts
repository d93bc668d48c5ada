import type { Entity } from '../../core/domain/entity.ts';
import { compileText } from '../../core/keyboard/compile-text.ts';
import type { LayoutId } from '../../core/keyboard/layout.ts';
import { isKeymapUsable, ServerKeyboard } from '../../core/keyboard/server-keyboard.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { ConsoleTypist } from '../../node/rfb/console-typist.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import type { CliClient } from '../cli-client.ts';
import { describeScreenFailure, openScreen } from '../consoles/open-screen.ts';
import type { ScreenOptions } from '../consoles/screen-options.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { complain } from '../with-fleet.ts';
import { onInterrupt } from './on-interrupt.ts';
import type { TypeOptions } from './type-options.ts';
import { TypingReport } from './typing-report.ts';

/** A text, the layout of the guest, and the keymap of its server as far as it is known. */
export interface ScreenText {
  /** Called once nobody has to answer anything else any more. */
  readonly read: () => Promise<string>;
  readonly layout: LayoutId;
  readonly keymap: string | undefined;
}

/** Types a text on the screen of a machine; all of it, or nothing where a character has no key. */
export async function typeOnScreen(
  cli: CliClient,
  entity: Entity,
  { read, layout, keymap: known }: ScreenText,
  { json, groupSwitch, ...options }: Omit<TypeOptions, 'via'> & ScreenOptions,
): Promise<ExitCode> {
  const screen = await openScreen(cli, entity, options);
  if (!screen.ok) return complain(screen.error, EXIT.failed);
  const { viewer, keymap = known } = screen.value;
  try {
    if (!isKeymapUsable(keymap)) {
      return complain(messagesFor('en').typing.keymapUnusable(keymap ?? ''), EXIT.failed);
    }
    const keyboard = new ServerKeyboard({ layout, keymap });
    const text = await read();
    const plan = compileText(text, { layout, groupSwitch }, keyboard.canPress);
    const report = new TypingReport(text, layout, json === true);
    const refused = report.refused(plan);
    if (refused !== undefined) return refused;
    const typist = new ConsoleTypist(viewer, plan, {
      keyboard,
      clock: systemClock,
      progressed: (typed) => report.progressed(typed),
    });
    const forget = onInterrupt(() => typist.stop());
    const end = await typist.type().finally(forget);
    const lost = end.how === 'lost' ? describeScreenFailure(entity, end.failure).title : '';
    return report.ended(end, entity.name, lost);
  } finally {
    viewer.close();
  }
}
