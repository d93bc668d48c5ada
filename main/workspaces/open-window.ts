import type { BrowserWindow } from 'electron';
import type { Box } from './display-match.ts';
import type { WindowPlace } from './window-place.ts';

/** Moving a window tells of every step; where it rests is what is kept. */
const REST_MS = 250;
/** Systems move windows by themselves when a display comes or goes; that is nobody's wish. */
const SETTLING_MS = 1_000;

export interface OpenWindowEvents {
  /** The user has moved it, or changed its size, and it rests now; or it is about to close. */
  readonly rested: () => void;
  readonly closed: () => void;
}

/** A window that is open, and which window of which workspace it is now. */
export class OpenWindow {
  readonly window: BrowserWindow;
  /** The number of its contents. */
  readonly id: number;
  workspace: string;
  stored: string;
  /** Away: its display is missing, and it stands elsewhere meanwhile. Parked: it waits, hidden. */
  state: 'home' | 'away' | 'parked' = 'home';
  /** It closes because its workspace does, not by the user's wish. */
  isLeaving = false;
  focusedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #deafUntil = 0;

  constructor(
    window: BrowserWindow,
    { workspace, stored }: { readonly workspace: string; readonly stored: string },
    events: OpenWindowEvents,
  ) {
    this.window = window;
    this.id = window.webContents.id;
    this.workspace = workspace;
    this.stored = stored;
    const rest = (): void => {
      if (performance.now() < this.#deafUntil) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(events.rested, REST_MS);
    };
    // Not every system tells that a move has ended.
    for (const event of ['move', 'resize', 'maximize', 'unmaximize'] as const) {
      window.on(event as 'move', rest);
    }
    window.on('enter-full-screen', rest);
    window.on('leave-full-screen', rest);
    window.on('focus', () => (this.focusedAt = performance.now()));
    window.once('ready-to-show', () => {
      if (this.state !== 'parked') window.show();
    });
    window.on('close', () => {
      clearTimeout(this.#timer);
      events.rested();
    });
    window.once('closed', events.closed);
  }

  get isParked(): boolean {
    return this.state === 'parked';
  }

  get mode(): WindowPlace['mode'] {
    if (this.window.isFullScreen()) return 'full-screen';
    return this.window.isMaximized() ? 'maximized' : 'normal';
  }

  /** What was moved until now is not kept, nor what the system moves in the next moment. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#deafUntil = performance.now() + SETTLING_MS;
  }

  put(box: Box, mode: WindowPlace['mode']): void {
    const { window } = this;
    if (this.mode !== 'normal' && mode === 'normal') {
      window.setFullScreen(false);
      window.unmaximize();
    }
    window.setBounds({ ...box });
    if (mode === 'maximized') window.maximize();
    if (mode === 'full-screen') window.setFullScreen(true);
  }

  park(): void {
    this.state = 'parked';
    this.window.hide();
  }

  /** Shows it at its place, at home or elsewhere. */
  show(state: 'home' | 'away', box: Box, mode: WindowPlace['mode']): void {
    const wasParked = this.isParked;
    this.state = state;
    // Some window managers choose a place of their own for what is shown again.
    this.put(box, mode);
    if (!wasParked) return;
    this.window.showInactive();
    this.put(box, mode);
  }

  raise(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  /** Closes it without its place in the workspace being forgotten. */
  leave(): void {
    this.isLeaving = true;
    this.window.close();
  }
}
