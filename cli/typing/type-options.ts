import type { ConsoleWay } from '../../core/domain/console-way.ts';
import type { GroupSwitch } from '../../core/keyboard/compile-text.ts';
import type { GlobalOptions } from '../with-fleet.ts';

export interface TypeOptions extends GlobalOptions {
  /** As it was given: one of our ids, or QEMU's name of a keymap. */
  readonly layout?: string;
  readonly groupSwitch?: GroupSwitch;
  /** How its screen is reached, or `send-key` to have libvirt press the keys. */
  readonly via?: ConsoleWay | 'send-key';
  readonly trustHostKey?: readonly string[];
  readonly dryRun?: boolean;
}
