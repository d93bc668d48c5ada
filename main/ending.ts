import { app } from 'electron';

/** A server or a disk that does not answer must not keep the application from ending. */
const PATIENCE_MS = 5_000;

/** Everything is saved and disconnected before the process ends. */
export function endWith(stop: () => Promise<void>, report: (cause: unknown) => void): void {
  let ending = false;
  app.on('before-quit', (event) => {
    // Also while it is ending: a window closed meanwhile would end it half saved.
    event.preventDefault();
    if (ending) return;
    ending = true;
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    void Promise.race([stop().catch(report), patience]).then(() => {
      app.exit(Number(process.exitCode ?? 0));
    });
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}
