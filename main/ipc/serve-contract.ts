import { ipcMain } from 'electron';
import type { AppHandlers } from '../../core/contract/contract.ts';
import { answersOf, type Report } from './answer-calls.ts';
import { trustedPage } from './trusted-sender.ts';

/** Answers every call of the contract once all is ready for it: the only code that listens to windows. */
export function serveContract(handlers: AppHandlers, ready: Promise<void>, report: Report): void {
  for (const [channel, answer] of answersOf(handlers, ready, report)) {
    ipcMain.handle(channel, (event, raw: unknown) =>
      answer({ page: trustedPage(event), windowId: event.sender.id }, raw),
    );
  }
}
