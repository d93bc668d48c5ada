import type { Command } from 'commander';
import { addScreenOptions, type ScreenOptions } from '../consoles/screen-options.ts';
import type { ExitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../with-fleet.ts';

/** `archipel screenshot`: the screen of a machine as a PNG. */
export function addScreenshotCommand(program: Command, finish: (exit: ExitCode) => void): void {
  const command = program
    .command('screenshot <vm> <file>')
    .description('Save what the screen of a machine shows now as a PNG.');
  addScreenOptions(command).action(async (vm: string, file: string, options: ScreenOptions) => {
    // The decoder of screens is of use to few commands.
    const { saveScreenshot } = await import('../consoles/save-screenshot.ts');
    finish(await saveScreenshot(vm, file, { ...program.opts<GlobalOptions>(), ...options }));
  });
}
