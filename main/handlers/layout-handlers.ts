import type { BrowserWindow, Rectangle } from 'electron';
import * as v from 'valibot';
import type { AppHandlers } from '../../core/contract/contract.ts';
import { WindowLayout } from '../../core/contract/layouts.ts';
import { err, ok } from '../../core/lib/result.ts';
import type { ProfileFile, ProfileStorage } from '../../node/storage/profile-storage.ts';

const FILE: ProfileFile = { format: 'archipel-windows', version: 1 };

const Bounds = v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() });
const StoredWindows = v.array(
  v.object({ bounds: v.optional(Bounds), layout: v.optional(WindowLayout) }),
);
type StoredWindow = v.InferOutput<typeof StoredWindows>[number];

interface OpenWindow {
  readonly window: BrowserWindow;
  layout: WindowLayout | undefined;
  /** Where it was when it closed. */
  lastBounds: Rectangle | undefined;
}

/** What each window showed and where it stood, kept over restarts in the order of opening. */
export class WindowLayouts {
  readonly #storage: ProfileStorage;
  readonly #open = new Map<number, OpenWindow>();

  constructor(storage: ProfileStorage) {
    this.#storage = storage;
  }

  /** The windows of the last time; a damaged or newer file leaves one window in its first shape. */
  async restore(): Promise<readonly StoredWindow[]> {
    const stored = await this.#storage.load(FILE);
    const windows = stored.ok ? v.safeParse(StoredWindows, stored.value) : undefined;
    return windows?.success ? windows.output : [];
  }

  track(window: BrowserWindow, stored: StoredWindow | undefined): void {
    const { id } = window.webContents;
    this.#forgetClosed();
    const open: OpenWindow = { window, layout: stored?.layout, lastBounds: undefined };
    this.#open.set(id, open);
    const save = (): void => void this.save();
    window.on('resized', save);
    window.on('moved', save);
    window.on('close', () => {
      open.lastBounds = window.getNormalBounds();
    });
    window.once('closed', () => {
      // The last window's place is kept for the next start.
      if (this.#open.size > 1) {
        this.#open.delete(id);
        save();
      }
    });
  }

  async save(): Promise<ReturnType<ProfileStorage['save']>> {
    const windows = [...this.#open.values()].map(({ window, layout, lastBounds }) => {
      const bounds = window.isDestroyed() ? lastBounds : window.getNormalBounds();
      return { ...(bounds ? { bounds } : {}), ...(layout ? { layout } : {}) };
    });
    return this.#storage.save(FILE, windows);
  }

  /** On macOS the app goes on without a window, and the next one takes the place of the last. */
  #forgetClosed(): void {
    for (const [id, { window }] of this.#open) {
      if (window.isDestroyed()) this.#open.delete(id);
    }
  }

  readonly handlers: AppHandlers['layouts'] = {
    load: async (_input, { windowId }) => ok(this.#open.get(windowId)?.layout),
    save: async (layout, { windowId }) => {
      const open = this.#open.get(windowId);
      if (!open) return err({ code: 'not-found', what: 'window' });
      open.layout = layout;
      return this.save();
    },
  };
}
