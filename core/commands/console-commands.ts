import * as v from 'valibot';
import { GuestKeyboard } from '../contract/typing.ts';
import { ConsoleWay } from '../domain/console-way.ts';
import { window } from './define-command.ts';

const nothing = v.strictObject({});
const common = { group: 'console', input: nothing, kinds: ['virtualmachine'] } as const;

/** What can be done with the open console of a machine. */
export const consoleCommands = [
  window({ ...common, id: 'panel.console', icon: 'monitor', group: 'panel' }),
  /** The serial port, or what else the definition has of consoles of text. */
  window({ ...common, id: 'panel.serial', icon: 'terminal', group: 'panel' }),
  /** The screens of all that are given beside each other, those of a hypervisor's machines too. */
  window({
    ...common,
    id: 'panel.wall',
    icon: 'layout-grid',
    group: 'panel',
    kinds: ['hypervisor', 'virtualmachine'],
  }),
  window({ ...common, id: 'console.ctrl-alt-delete', icon: 'keyboard' }),
  /** Presses the keys of a combination together, named as in core/rfb/key-combinations. */
  window({
    ...common,
    id: 'console.send-keys',
    icon: 'keyboard',
    input: v.strictObject({ keys: v.pipe(v.string(), v.maxLength(40)) }),
  }),
  /** Opens the dialog in which a text for the guest is looked over, and then typed. */
  window({
    ...common,
    id: 'console.type-text',
    icon: 'text-cursor-input',
    group: 'panel',
    input: v.strictObject({ text: v.optional(v.pipe(v.string(), v.maxLength(50_000))) }),
  }),
  /** Holds a key down in the guest, or lets go of it. */
  window({
    ...common,
    id: 'console.hold-key',
    icon: 'keyboard',
    input: v.strictObject({ key: v.picklist(['Ctrl', 'Alt', 'Shift', 'AltGr', 'Windows']) }),
  }),
  /** How the keyboard goes to the guest, and the layout that the guest has; both are remembered. */
  window({
    ...common,
    id: 'console.set-keyboard',
    icon: 'keyboard',
    input: v.pipe(
      GuestKeyboard,
      v.check(({ layout, way }) => layout !== undefined || way !== undefined),
    ),
  }),
  /** How the screen is reached from now on; it is remembered for the machine. */
  window({
    ...common,
    id: 'console.set-way',
    icon: 'compass',
    input: v.strictObject({ way: ConsoleWay }),
  }),
  window({ ...common, id: 'console.release-keyboard', icon: 'keyboard-off' }),
  window({ ...common, id: 'console.fit', icon: 'scaling' }),
  window({ ...common, id: 'console.actual-size', icon: 'square' }),
  window({ ...common, id: 'console.zoom-in', icon: 'zoom-in' }),
  window({ ...common, id: 'console.zoom-out', icon: 'zoom-out' }),
  window({ ...common, id: 'console.view-only', icon: 'eye' }),
  window({ ...common, id: 'console.full-screen', icon: 'maximize' }),
  window({ ...common, id: 'console.save-picture', icon: 'camera' }),
  window({ ...common, id: 'console.rewind', icon: 'history' }),
  window({ ...common, id: 'console.reconnect', icon: 'refresh-cw' }),
  /** Of the wall that was last looked at. */
  window({ id: 'wall.choose-all', icon: 'list-checks', group: 'console', input: nothing }),
  /** Once main has asked, each line that is typed goes to all screens that are chosen. */
  window({ id: 'wall.broadcast', icon: 'keyboard', group: 'console', input: nothing }),
  window({ id: 'wall.end-broadcast', icon: 'keyboard-off', group: 'console', input: nothing }),
] as const;
