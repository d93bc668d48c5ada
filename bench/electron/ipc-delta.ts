// Sends deltas of the inventory to a page through the preload of the application, and says how long it took.
import { app, BrowserWindow } from 'electron';
import path from 'node:path';
import { toCarry } from '../../core/contract/carriage.ts';
import { contract } from '../../core/contract/contract.ts';
import { channelOf, membersOf } from '../../core/contract/define.ts';
import { CHANGES, deltas } from '../measuring/deltas.ts';

const PRELOAD = path.join(import.meta.dirname, '../preload/index.cjs');
const PAGE = 'data:text/html,<title>Deltas</title>';
const changed = membersOf(contract).find(
  ({ group, name }) => group === 'inventory' && name === 'changed',
);
if (!changed) throw new Error('The contract has no changes of the inventory');
const { member } = changed;
const CHANNEL = channelOf(changed.group, changed.name);
/** The page listens; `heard` resolves once it was told of that many changes. */
const LISTEN = `window.heard = new Promise((done) => {
  let count = 0;
  const stop = archipel.inventory.changed((text) => {
    const { changed } = JSON.parse(text);
    count += changed.length;
    if (count < ${CHANGES}) return;
    stop();
    done();
  });
}); undefined`;

async function sendTo({ webContents }: BrowserWindow): Promise<number> {
  await webContents.executeJavaScript(LISTEN);
  const started = performance.now();
  // Each an object of its own, as what main tells is: what was written before is not written again.
  for (const delta of deltas) webContents.send(CHANNEL, toCarry(member, { ...delta }));
  await webContents.executeJavaScript('heard');
  return performance.now() - started;
}

function clone(): number {
  const started = performance.now();
  for (const delta of deltas) structuredClone(delta);
  return performance.now() - started;
}

/** Milliseconds of each of five tries; the first ones are not compiled yet. */
async function measure(): Promise<void> {
  const webPreferences = { preload: PRELOAD, sandbox: true, contextIsolation: true };
  const window = new BrowserWindow({ show: false, webPreferences });
  await window.loadURL(PAGE);
  const tries = [];
  for (let count = 0; count < 5; count += 1) {
    tries.push({ sentMs: await sendTo(window), clonedMs: clone() });
  }
  process.stdout.write(`${JSON.stringify(tries)}\n`);
  app.quit();
}

// Never awaited here: Electron becomes ready only after this module has been evaluated.
void app.whenReady().then(measure);
