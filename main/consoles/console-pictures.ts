import { dialog, type BrowserWindow } from 'electron';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { err, ok } from '../../core/lib/result.ts';
import type { ConsolePictures } from './console-desk.ts';

/** Saves pictures of screens where the user says. */
export function consolePictures(
  windowOf: (windowId: number) => BrowserWindow | undefined,
): ConsolePictures {
  return {
    save: async (name, png, windowId) => {
      const options = { defaultPath: `${fileName(name)}.png`, filters: [FILTER] };
      const window = windowOf(windowId);
      const chosen = window
        ? await dialog.showSaveDialog(window, options)
        : await dialog.showSaveDialog(options);
      if (chosen.canceled || chosen.filePath === '') return ok(undefined);
      try {
        await writeFile(chosen.filePath, png);
        return ok(chosen.filePath);
      } catch (cause) {
        const detail = cause instanceof Error ? cause.message : String(cause);
        const file = path.basename(chosen.filePath);
        return err({ code: 'storage-unwritable', file, detail });
      }
    },
  };
}

const FILTER = { name: 'PNG', extensions: ['png'] };

/** A name that every file system takes. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100) || 'screen';
}
