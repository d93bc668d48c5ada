import type { WindowCommandId } from '../../../core/commands/table.ts';
import type { EntityId } from '../../../core/domain/entity.ts';
import type { CommandCenter, WindowHandlers } from '../../state/command-center.svelte.ts';
import type { Dialogs } from '../dialogs.svelte.ts';
import type { ConsoleControls, ConsoleStore } from '../../state/console-store.ts';

type WallCommand = Extract<WindowCommandId, `wall.${string}`>;
type ConsoleCommand = Extract<WindowCommandId, `console.${string}`> | WallCommand;

const ZOOM_STEP = 1.25;

/** What this window does with the consoles that it shows. */
export function consoleHandlers(
  consoles: ConsoleStore,
  dialogs: Pick<Dialogs, 'openTypeText'>,
  commands: Pick<CommandCenter, 'give'>,
): Pick<WindowHandlers, ConsoleCommand> {
  const on =
    (act: (controls: ConsoleControls) => void) =>
    (_input: object, targets: readonly EntityId[]): void => {
      for (const target of targets) {
        const controls = consoles.controls(target);
        if (controls) act(controls);
      }
    };
  // Without a console of it that is open here, the hypervisor presses them.
  const sendKeys = (keys: string, targets: readonly EntityId[]): void => {
    on((one) => one.sendKeys(keys))({}, targets);
    const others = targets.filter((target) => consoles.controls(target) === undefined);
    if (others.length > 0) void commands.give('vm.send-keys', others, { keys });
  };
  return {
    'console.ctrl-alt-delete': (_input, targets) => sendKeys('Ctrl+Alt+Del', targets),
    'console.send-keys': ({ keys }, targets) => sendKeys(keys, targets),
    'console.keys-through-hypervisor': on((console) => console.toggleThrough()),
    // No console needs to be open for it.
    'console.type-text': ({ text = '' }, [first]) => {
      if (first !== undefined) dialogs.openTypeText(first, text);
    },
    'console.hold-key': ({ key }, targets) => on((one) => one.holdKey(key))({}, targets),
    'console.set-keyboard': (keyboard, targets) =>
      on((one) => one.setKeyboard(keyboard))({}, targets),
    'console.set-way': ({ way }, targets) => on((one) => one.setWay(way))({}, targets),
    'console.release-keyboard': on((console) => console.releaseKeyboard()),
    'console.fit': on((console) => console.fit()),
    'console.actual-size': on((console) => console.zoomTo(1)),
    'console.zoom-in': on((console) => console.zoomBy(ZOOM_STEP)),
    'console.zoom-out': on((console) => console.zoomBy(1 / ZOOM_STEP)),
    'console.view-only': on((console) => console.toggleViewOnly()),
    'console.full-screen': on((console) => console.toggleFullScreen()),
    'console.full-screen-on': ({ display }, to) => on((one) => one.fillDisplay(display))({}, to),
    'console.save-picture': on((console) => console.savePicture()),
    'console.copy-picture': on((console) => console.copyPicture()),
    'console.share-clipboard': on((console) => console.toggleSharedClipboard()),
    'console.give-clipboard': on((console) => console.giveClipboard()),
    'console.take-clipboard': on((console) => console.takeClipboard()),
    'console.resize-guest': on((console) => console.toggleResizing()),
    'console.set-quality': ({ quality }, to) => on((one) => one.setQuality(quality))({}, to),
    'console.keep-past': on((console) => console.toggleKeptPast()),
    'console.rewind': on((console) => console.toggleRewind()),
    'console.reconnect': on((console) => console.reconnect()),
    ...wallHandlers(consoles),
  };
}

function wallHandlers(consoles: ConsoleStore): Pick<WindowHandlers, WallCommand> {
  return {
    'wall.choose-all': () => consoles.wall?.chooseAll(),
    'wall.broadcast': () => consoles.wall?.broadcast(),
    'wall.end-broadcast': () => consoles.wall?.endBroadcast(),
  };
}
