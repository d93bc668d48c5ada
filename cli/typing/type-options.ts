import type { GroupSwitch } from '../../core/keyboard/compile-text.ts';
import type { GlobalOptions } from '../with-fleet.ts';

export interface TypeOptions extends GlobalOptions {
  /** As it was given: one of our ids, or QEMU's name of a keymap. */
  readonly layout?: string;
  readonly groupSwitch?: GroupSwitch;
  readonly via: 'screen' | 'send-key';
  readonly dryRun?: boolean;
}
