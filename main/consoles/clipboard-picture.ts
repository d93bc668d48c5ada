import electron, { type NativeImage } from 'electron';

/** Electron's clipboard before it took after that of the web: pictures are put into it at once. */
interface PictureClipboard {
  writeImage(picture: NativeImage): void;
}

/** As Electron has it since: items of several kinds. */
interface ItemClipboard {
  write(items: readonly object[]): Promise<void>;
}

interface ItemMaker {
  readonly ClipboardItem: new (items: Readonly<Record<string, Blob>>) => object;
}

/** Puts a picture into the clipboard of this computer, with any Electron that we run on. */
export async function writePicture(picture: NativeImage): Promise<void> {
  const clipboard: object = electron.clipboard;
  if (takesPictures(clipboard)) {
    clipboard.writeImage(picture);
    return;
  }
  if (!takesItems(clipboard) || !makesItems(electron)) throw new Error('No way to copy pictures');
  const png = new Blob([Uint8Array.from(picture.toPNG())], { type: 'image/png' });
  await clipboard.write([new electron.ClipboardItem({ 'image/png': png })]);
}

function takesPictures(clipboard: object): clipboard is PictureClipboard {
  return 'writeImage' in clipboard;
}

function takesItems(clipboard: object): clipboard is ItemClipboard {
  return 'write' in clipboard;
}

function makesItems(module: object): module is ItemMaker {
  return 'ClipboardItem' in module;
}
