import { Option, type Command } from 'commander';
import { GROUP_SWITCHES } from '../../core/keyboard/compile-text.ts';
import { LAYOUT_IDS } from '../../core/keyboard/layout.ts';
import { addScreenOptions } from '../consoles/screen-options.ts';
import type { ExitCode } from '../exit-code.ts';
import type { TypeOptions } from '../typing/type-options.ts';
import type { GlobalOptions } from '../with-fleet.ts';

/** `archipel type`: types a text in a machine, for the keyboard layout of its guest. */
export function addTypeCommand(program: Command, finish: (exit: ExitCode) => void): void {
  const command = program
    .command('type <vm>')
    .description(
      'Type a text from standard input in a machine, with the keys that give it in its guest.',
    )
    .option('--layout <name>', 'keyboard layout of the guest; else what its definition says')
    .addOption(
      new Option('--group-switch <keys>', 'how the guest changes between its two layouts').choices(
        Object.keys(GROUP_SWITCHES),
      ),
    )
    .option('--dry-run', 'print the key events and send nothing')
    .addHelpText('after', `\nLayouts: ${LAYOUT_IDS.join(', ')}`);
  // Without a screen, libvirt presses the keys.
  addScreenOptions(command, ['send-key']).action(async (vm: string, options: TypeOptions) => {
    // The layouts are of use to few commands.
    const { type } = await import('../typing/type.ts');
    finish(await type(vm, { ...program.opts<GlobalOptions>(), ...options }));
  });
}
