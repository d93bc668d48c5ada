import { dialog, type BrowserWindow, type SaveDialogOptions } from 'electron';
import { writeFile } from 'node:fs/promises';
import type { AppError } from '../../core/contract/app-error.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';

/** Asks where to, and writes a text; the path, or undefined when the user thought better of it. */
export async function saveText(
  text: string,
  options: Pick<SaveDialogOptions, 'defaultPath' | 'filters'>,
  window: BrowserWindow | undefined,
): Promise<Result<string | undefined, AppError>> {
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (canceled) return ok(undefined);
  try {
    await writeFile(filePath, text, { mode: 0o600 });
    return ok(filePath);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return err({ code: 'not-saved', file: filePath, detail });
  }
}
