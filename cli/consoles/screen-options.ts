import { Option, type Command } from 'commander';
import { CONSOLE_WAYS, type ConsoleWay } from '../../core/domain/console-way.ts';

/** How a screen is to be reached; the way that the app remembers for the machine unless given. */
export interface ScreenOptions {
  readonly via?: ConsoleWay;
  /** Fingerprints of host keys that are trusted. */
  readonly trustHostKey?: readonly string[];
}

/** Adds what every command that opens a screen may be given; `others` are ways of its own. */
export function addScreenOptions(command: Command, others: readonly string[] = []): Command {
  return command
    .addOption(
      new Option(
        '--via <way>',
        'how its screen is reached; else as the app remembers it, or the safest way',
      ).choices([...CONSOLE_WAYS, ...others]),
    )
    .option('--trust-host-key <fingerprint...>', 'trust host keys of SSH with these fingerprints');
}
