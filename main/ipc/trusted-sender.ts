import { BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { appOrigin } from '../windows/app-protocol.ts';

/** The pages of ours, by path: what a window shows decides which groups of the contract it may call. */
export type Page = 'main' | 'confirmation';

const PAGES: Readonly<Record<string, Page>> = {
  '/index.html': 'main',
  '/confirm.html': 'confirmation',
};

/** Which page of ours asked; undefined for a frame inside a page, another origin, or a dead window. */
export function trustedPage(event: IpcMainInvokeEvent): Page | undefined {
  const { sender, senderFrame } = event;
  if (senderFrame === null || senderFrame !== sender.mainFrame) return undefined;
  if (!URL.canParse(senderFrame.url)) return undefined;
  const { protocol, host, pathname } = new URL(senderFrame.url);
  if (`${protocol}//${host}` !== appOrigin) return undefined;
  return BrowserWindow.fromWebContents(sender) ? PAGES[pathname] : undefined;
}
