import { app, dialog } from 'electron';
import path from 'node:path';
import { createClient } from '../client/create-client.ts';
import { parseJid } from '../core/domain/jid.ts';
import { systemClock } from '../node/xmpp/clock.ts';
import { Desktop } from './desktop.ts';
import { endWith } from './ending.ts';
import { givenOf, optionValue } from './launch-arguments.ts';
import { LaunchRequests } from './launch-requests.ts';
import { linkAmong } from './links/xmpp-link.ts';
import { collectAtRest } from './memory/collect-at-rest.ts';
import { ownMemory } from './memory/own-memory.ts';
import { takeSelfPortrait } from './portrait/self-portrait.ts';
import { registerAppScheme } from './windows/app-protocol.ts';
import { denyWandering } from './windows/hardening.ts';

/** As in electron-builder.yml. */
const APP_ID = 'org.archipel.desktop';

const given = process.argv.slice(1);
const profile = optionValue(given, 'profile');
if (profile !== undefined) app.setPath('userData', path.resolve(profile));

registerAppScheme();
denyWandering();

const launches = new LaunchRequests();

/** Runs in the first instance of a profile; later ones hand over their arguments and end. */
async function start(): Promise<void> {
  const desktop = new Desktop({ createClient, demoArguments: [] });
  const stopCollecting = collectAtRest(ownMemory, systemClock);
  endWith(
    () => {
      stopCollecting();
      return desktop.stop();
    },
    (cause) => desktop.note('ending', cause),
  );
  await desktop.start(optionValue(given, 'workspace'));
  app.on('activate', () => {
    if (!desktop.windows.raise()) desktop.openWindows(undefined);
  });
  launches.obeyWith((args) => obey(desktop, args));
  const folder = optionValue(given, 'self-portrait');
  if (folder !== undefined) await portray(desktop, path.resolve(folder));
}

/** An application that cannot start says so and ends: without a window nobody could end it. */
function giveUp(cause: unknown): void {
  const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  process.stderr.write(`${why}\n`);
  // Nobody sits before a self-portrait, so nobody would close the box.
  if (optionValue(given, 'self-portrait') === undefined) dialog.showErrorBox('Archipel', why);
  app.exit(1);
}

/** Does what the arguments of a launch ask for. */
function obey(desktop: Desktop, args: readonly string[]): void {
  if (args.includes('--demo')) void desktop.demo.start();
  const account = parseJid(optionValue(args, 'account') ?? '')?.bare;
  if (account) void desktop.client.handlers.accounts.connect({ jid: account }, { windowId: 0 });
  const link = linkAmong(args);
  const workspace = link?.workspace ?? optionValue(args, 'workspace');
  if (workspace !== undefined) desktop.openWorkspace(workspace);
  if (link) desktop.runInWindow('app.open-link', { jid: link.jid });
  else if (workspace === undefined) desktop.windows.raise();
}

async function portray(desktop: Desktop, folder: string): Promise<void> {
  const window = desktop.windows.raise();
  if (!window) return;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const run = (command: string, input: unknown): void => desktop.runInWindow(command, input);
  const { client, builtInWorkspaces: workspaces } = desktop;
  const isDone = await takeSelfPortrait({ client, window, folder, workspaces, say, run });
  if (given.includes('--stay')) return;
  if (!isDone) process.exitCode = 1;
  app.quit();
}

// The lock belongs to the profile folder, so it is taken after the folder is known.
if (app.requestSingleInstanceLock({ given })) {
  if (app.isPackaged) app.setAsDefaultProtocolClient('xmpp');
  // Windows shows notifications only of the application that its start menu knows by this name.
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  launches.add(given);
  // Chromium hands over its own order of the arguments, which parts names from their values.
  app.on('second-instance', (_event, args, _folder, data) => launches.add(givenOf(data) ?? args));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    launches.add([link]);
  });
  // Never awaited here: Electron becomes ready only after this module has been evaluated.
  void app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}
