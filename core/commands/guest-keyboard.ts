import * as v from 'valibot';
import { KEYMAP_NAMES } from '../keyboard/keymaps.ts';
import { definitionText } from '../protocol/definition-text.ts';
import { vmConsole } from '../protocol/vm-console.ts';
import { COMBINATION_NAMES } from '../rfb/key-combinations.ts';
import { platform } from './define-command.ts';

const machine = ['virtualmachine'] as const;

/** The keyboard of a guest, where no console needs to be open. */
export const guestKeyboardCommands = [
  /** Presses keys together through libvirt, named as in core/rfb/key-combinations. */
  platform({
    id: 'vm.send-keys',
    icon: 'keyboard',
    group: 'machine',
    input: v.strictObject({ keys: v.picklist(COMBINATION_NAMES) }),
    kinds: machine,
    states: ['running', 'paused', 'shutting-down'],
    permission: 'vnc_display',
    feature: vmConsole.sendkeys.namespace,
    danger: 'reversible',
    bulk: true,
    form: true,
  }),
  /** Takes `graphics/@keymap` out of the definition, with which QEMU passes over scancodes. */
  platform({
    id: 'vm.remove-keymap',
    icon: 'keyboard-off',
    group: 'console',
    input: v.strictObject({}),
    kinds: machine,
    permission: 'define',
    feature: definitionText.define.namespace,
    danger: 'reversible',
    asks: true,
    undo: 'vm.set-keymap',
    bulk: true,
  }),
  platform({
    id: 'vm.set-keymap',
    icon: 'keyboard',
    group: 'console',
    input: v.strictObject({ keymap: v.picklist(KEYMAP_NAMES) }),
    kinds: machine,
    permission: 'define',
    feature: definitionText.define.namespace,
    danger: 'reversible',
    asks: true,
    undo: 'vm.remove-keymap',
    bulk: true,
    form: true,
  }),
] as const;
