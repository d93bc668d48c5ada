import { strokesOf } from '../../../core/rfb/key-combinations.ts';
import type { AppApi } from '../../../core/contract/contract.ts';
import type { AppError } from '../../../core/contract/app-error.ts';
import type { Hindrance } from '../../../core/commands/availability.ts';
import type { ConsoleWay } from '../../../core/domain/console-way.ts';
import type { GuestKeyboard } from '../../../core/contract/typing.ts';
import type { ConsoleControls } from '../../state/console-store.ts';
import type { ConsoleKeys } from './console-keys.svelte.ts';
import type { ConsoleOptions } from './console-options.svelte.ts';
import { pngOf } from './console-picture.ts';
import type { ConsoleSession } from './console-session.svelte.ts';
import type { FullScreen } from './full-screen.svelte.ts';
import type { GuestClipboard } from './guest-clipboard.svelte.ts';

/** The parts of a panel that commands act on; those in functions change while it is open. */
export interface ConsoleParts {
  readonly api: AppApi;
  readonly fail: (error: AppError) => void;
  readonly session: ConsoleSession;
  readonly clipboard: GuestClipboard;
  readonly full: FullScreen;
  readonly name: () => string;
  readonly keys: () => ConsoleKeys;
  readonly options: () => ConsoleOptions;
  readonly hindrance: (command: string) => Hindrance | undefined;
  readonly releaseKeyboard: () => void;
  /** Has the hypervisor press keys together. */
  readonly pressThrough: (combination: string) => void;
  readonly setWay: (way: ConsoleWay) => void;
  readonly toggleRewind: () => void;
  /** What is shown of the past, if it is. */
  readonly past: () => HTMLCanvasElement | undefined;
}

/** What commands do with the console of a panel. */
export function controlsOf(parts: ConsoleParts): ConsoleControls {
  const { api, session, clipboard, full, fail } = parts;
  const { look } = session;
  const choose = async (settings: Parameters<ConsoleOptions['choose']>[0]): Promise<void> => {
    const error = await parts.options().choose(settings);
    if (error) fail(error);
  };
  const setKeyboard = async (keyboard: GuestKeyboard): Promise<void> => {
    parts.keys().release(session);
    const error = await parts.keys().choose(keyboard);
    if (error) fail(error);
  };
  return {
    hindrance: parts.hindrance,
    sendKeys: (keys) => {
      if (session.key === undefined || parts.keys().goThrough(session)) parts.pressThrough(keys);
      else void api.consoles.press({ key: session.key, strokes: [...strokesOf(keys)] });
      session.focus();
    },
    toggleThrough: () => parts.keys().toggleThrough(),
    releaseKeyboard: parts.releaseKeyboard,
    takeKeyboard: () => session.takeKeyboard(),
    holdKey: (key) => {
      parts.keys().hold(key, session);
      session.focus();
    },
    setKeyboard: (keyboard) => void setKeyboard(keyboard),
    setWay: parts.setWay,
    fit: () => look.setScale('fit'),
    zoomTo: (scale) => look.setScale(scale),
    zoomBy: (factor) => look.zoomBy(factor),
    toggleViewOnly: () => look.setViewOnly(!look.viewOnly),
    toggleFullScreen: () => void fillScreen(parts, full.toggle()),
    fillDisplay: (display) => void fillScreen(parts, full.fill(display)),
    savePicture: () => void savePicture(parts),
    copyPicture: () => void copyPicture(parts),
    toggleSharedClipboard: () => {
      const { sharesClipboard = false } = parts.options().settings;
      void choose({ sharesClipboard: !sharesClipboard });
    },
    giveClipboard: () => void clipboard.give(),
    takeClipboard: () => void clipboard.take(),
    toggleResizing: () =>
      void choose({ resizesGuest: parts.options().settings.resizesGuest !== true }),
    toggleKeptPast: () => void choose({ keepsPast: parts.options().settings.keepsPast !== true }),
    setQuality: (quality) => void choose({ quality }),
    toggleRewind: parts.toggleRewind,
    reconnect: () => session.connect(),
  };
}

async function fillScreen(
  { full, session, fail }: ConsoleParts,
  filled: Promise<AppError | undefined>,
): Promise<void> {
  const error = await filled;
  if (error) fail(error);
  // All keys are the guest's then.
  else if (full.isOn) session.takeKeyboard();
}

/** What is shown: of the past where that is looked at. */
function pictureOf({ past, session }: ConsoleParts): ReturnType<typeof pngOf> {
  return pngOf(past() ?? session.picture);
}

async function savePicture(parts: ConsoleParts): Promise<void> {
  const png = await pictureOf(parts);
  const saved = png && (await parts.api.consoles.savePicture({ name: parts.name(), png }));
  if (saved && !saved.ok) parts.fail(saved.error);
}

async function copyPicture(parts: ConsoleParts): Promise<void> {
  const png = await pictureOf(parts);
  const copied = png && (await parts.api.consoles.copyPicture({ png }));
  if (copied && !copied.ok) parts.fail(copied.error);
}
