import { app } from 'electron';
import path from 'node:path';
import { createClient } from '../client/create-client.ts';
import { Desktop } from './desktop.ts';
import { optionValue } from './launch-arguments.ts';
import { linkAmong } from './links/xmpp-link.ts';
import { takeSelfPortrait } from './portrait/self-portrait.ts';
import { registerAppScheme } from './windows/app-protocol.ts';
import { denyWandering } from './windows/hardening.ts';

const given = process.argv.slice(1);
const profile = optionValue(given, 'profile');
if (profile !== undefined) app.setPath('userData', path.resolve(profile));

registerAppScheme();
denyWandering();

/** Runs in the first instance of a profile; later ones hand over their arguments and end. */
async function start(): Promise<void> {
  const desktop = new Desktop({ createClient, demoArguments: [] });
  await desktop.start();
  endWith(desktop);
  app.on('second-instance', (_event, args) => {
    obey(desktop, args);
  });
  app.on('open-url', (_event, link) => {
    obey(desktop, [link]);
  });
  app.on('activate', () => desktop.windows.raise() ?? desktop.openWindow());
  obey(desktop, given);
  const folder = optionValue(given, 'self-portrait');
  if (folder !== undefined) await portray(desktop, path.resolve(folder));
}

/** Does what the arguments of a launch ask for. */
function obey(desktop: Desktop, args: readonly string[]): void {
  if (args.includes('--demo')) void desktop.demo.start();
  const jid = linkAmong(args);
  if (jid === undefined) desktop.windows.raise();
  else desktop.runInWindow('app.open-link', { jid });
}

async function portray(desktop: Desktop, folder: string): Promise<void> {
  const window = desktop.windows.raise() ?? desktop.openWindow();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const run = (command: string, input: unknown): void => desktop.runInWindow(command, input);
  const isDone = await takeSelfPortrait({ client: desktop.client, window, folder, say, run });
  if (given.includes('--stay')) return;
  if (!isDone) process.exitCode = 1;
  app.quit();
}

/** Everything is saved and disconnected before the process ends. */
function endWith(desktop: Desktop): void {
  let ending = false;
  app.on('before-quit', (event) => {
    if (ending) return;
    ending = true;
    event.preventDefault();
    void desktop.stop().finally(() => {
      app.exit(Number(process.exitCode ?? 0));
    });
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

// The lock belongs to the profile folder, so it is taken after the folder is known.
if (app.requestSingleInstanceLock()) {
  if (app.isPackaged) app.setAsDefaultProtocolClient('xmpp');
  // Never awaited here: Electron becomes ready only after this module has been evaluated.
  void app.whenReady().then(start);
} else {
  app.quit();
}
