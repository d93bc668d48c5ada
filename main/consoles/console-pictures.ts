import { dialog, nativeImage, type BrowserWindow } from 'electron';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { err, ok } from '../../core/lib/result.ts';
import { RFB_LIMITS } from '../../core/rfb/limits.ts';
import { pictureSize } from '../windows/picture-size.ts';
import { writePicture } from './clipboard-picture.ts';
import type { ConsolePictures } from './console-desk.ts';

/** Saves pictures of screens where the user says, and copies them. */
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
        return err({ code: 'not-saved', file, detail });
      }
    },
    copy: async (png) => {
      const [width, height] = pictureSize(png) ?? [0, 0];
      if (width * height > RFB_LIMITS.pixels) return err(NO_PICTURE);
      const picture = nativeImage.createFromBuffer(Buffer.from(png));
      if (picture.isEmpty()) return err(NO_PICTURE);
      await writePicture(picture);
      return ok(undefined);
    },
  };
}

const NO_PICTURE = { code: 'invalid-input', detail: 'PNG' } as const;
const FILTER = { name: 'PNG', extensions: ['png'] };

/** A name that every file system takes. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100) || 'screen';
}
