import { app, session } from 'electron';
import path from 'node:path';
import { optionValue } from './launch-arguments.ts';
import { registerAppScheme, serveRenderer } from './windows/app-protocol.ts';
import { denyPermissions, denyWandering } from './windows/hardening.ts';
import { openMainWindow, showMainWindow } from './windows/main-window.ts';

const profile = optionValue(process.argv, 'profile');
if (profile !== undefined) app.setPath('userData', path.resolve(profile));

registerAppScheme();
denyWandering();

/** Runs in the first instance of a profile; later ones hand over their arguments and end. */
function start(): void {
  denyPermissions(session.defaultSession);
  serveRenderer(session.defaultSession);
  openMainWindow();
}

// The lock belongs to the profile folder, so it is taken after the folder is known.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showMainWindow);
  app.on('window-all-closed', () => {
    app.quit();
  });
  // Never awaited here: Electron becomes ready only after this module has been evaluated.
  void app.whenReady().then(start);
} else {
  app.quit();
}
