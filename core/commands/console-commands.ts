import * as v from 'valibot';
import { GuestKeyboard } from '../contract/typing.ts';
import { ScreenQuality } from '../domain/console-settings.ts';
import { ConsoleWay } from '../domain/console-way.ts';
import { window } from './define-command.ts';

const nothing = v.strictObject({});
const common = { group: 'console', input: nothing, kinds: ['virtualmachine'] } as const;
const onScreen = { ...common, open: 'console' } as const;
const onKeyboard = { ...onScreen, otherwise: 'vm.send-keys' } as const;
const onWall = { group: 'console', input: nothing, open: 'wall' } as const;

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
  window({ ...onKeyboard, id: 'console.ctrl-alt-delete', icon: 'delete' }),
  /** Presses the keys of a combination together, named as in core/rfb/key-combinations. */
  window({
    ...onKeyboard,
    id: 'console.send-keys',
    icon: 'keyboard',
    input: v.strictObject({ keys: v.pipe(v.string(), v.maxLength(40)) }),
  }),
  /** Whether such keys go by libvirt's send-key, also while the screen could take them. */
  window({ ...onScreen, id: 'console.keys-through-hypervisor', icon: 'keyboard' }),
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
    ...onScreen,
    id: 'console.hold-key',
    icon: 'keyboard',
    input: v.strictObject({ key: v.picklist(['Ctrl', 'Alt', 'Shift', 'AltGr', 'Windows']) }),
  }),
  /** How the keyboard goes to the guest, and the layout that the guest has; both are remembered. */
  window({
    ...onScreen,
    id: 'console.set-keyboard',
    icon: 'keyboard',
    input: v.pipe(
      GuestKeyboard,
      v.check((keyboard) => Object.values(keyboard).some((one) => one !== undefined)),
    ),
  }),
  /** How the screen is reached from now on; it is remembered for the machine. */
  window({
    ...onScreen,
    id: 'console.set-way',
    icon: 'compass',
    input: v.strictObject({ way: ConsoleWay }),
  }),
  /** How sharp the screen is drawn from now on; it is remembered for the machine. */
  window({
    ...onScreen,
    id: 'console.set-quality',
    icon: 'signal',
    input: v.strictObject({ quality: ScreenQuality }),
  }),
  /** Keeps more of the past of the screen, on the disk, or in memory alone again; remembered. */
  window({ ...onScreen, id: 'console.keep-past', icon: 'history' }),
  /** Keeps the guest's screen as large as the panel, or leaves it as it is; remembered. */
  window({ ...onScreen, id: 'console.resize-guest', icon: 'proportions' }),
  window({ ...onScreen, id: 'console.release-keyboard', icon: 'keyboard-off' }),
  window({ ...onScreen, id: 'console.fit', icon: 'scaling' }),
  window({ ...onScreen, id: 'console.actual-size', icon: 'square' }),
  window({ ...onScreen, id: 'console.zoom-in', icon: 'zoom-in' }),
  window({ ...onScreen, id: 'console.zoom-out', icon: 'zoom-out' }),
  window({ ...onScreen, id: 'console.view-only', icon: 'eye' }),
  window({ ...onScreen, id: 'console.full-screen', icon: 'maximize' }),
  /** Fills one of the displays with it; the window goes there, and back once that is left. */
  window({
    ...onScreen,
    id: 'console.full-screen-on',
    icon: 'maximize',
    input: v.strictObject({ display: v.number() }),
  }),
  window({ ...onScreen, id: 'console.save-picture', icon: 'camera' }),
  window({ ...onScreen, id: 'console.copy-picture', icon: 'copy' }),
  /** Main asks before it is shared; remembered for the machine. */
  window({ ...onScreen, id: 'console.share-clipboard', icon: 'clipboard' }),
  window({ ...onScreen, id: 'console.give-clipboard', icon: 'clipboard-paste' }),
  window({ ...onScreen, id: 'console.take-clipboard', icon: 'clipboard-copy' }),
  window({ ...onScreen, id: 'console.rewind', icon: 'history' }),
  window({ ...onScreen, id: 'console.reconnect', icon: 'refresh-cw' }),
  /** Of the wall that was last looked at. */
  window({ ...onWall, id: 'wall.choose-all', icon: 'list-checks' }),
  /** Once main has asked, each line that is typed goes to all screens that are chosen. */
  window({ ...onWall, id: 'wall.broadcast', icon: 'keyboard' }),
  window({ ...onWall, id: 'wall.end-broadcast', icon: 'keyboard-off' }),
] as const;
