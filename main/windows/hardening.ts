import { app, type Session } from 'electron';
import { appOrigin } from './app-protocol.ts';

/** No page may leave its address, open a window by itself or embed another page. */
export function denyWandering(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

/** What our own pages may: to fill the screen, and to have its Escape key then, which guests want. */
const OWN: readonly string[] = ['fullscreen', 'keyboardLock'];

/** No page gets a permission or a device, but that to fill the screen for one of our own pages. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) => {
    decide(OWN.includes(permission) && requestingUrl.startsWith(`${appOrigin}/`));
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}
