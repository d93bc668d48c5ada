// The floor of what starts and lives on Electron: windows with a line of text in them, and nothing else.
import { app, BrowserWindow } from 'electron';

const PAGE = 'data:text/html,<title>Floor</title><p>Floor</p>';
const DRAWN = 'new Promise((done) => requestAnimationFrame(() => setTimeout(done)))';
const SIZE = { width: 1280, height: 800 };

async function open(): Promise<void> {
  const window = new BrowserWindow({ ...SIZE, webPreferences: { sandbox: true } });
  await window.loadURL(PAGE);
  await window.webContents.executeJavaScript(DRAWN);
}

async function start(): Promise<void> {
  const windows = Number(process.argv.at(-1));
  await Promise.all(Array.from({ length: windows }, open));
  const started = process.getCreationTime() ?? performance.timeOrigin;
  process.stdout.write(`${JSON.stringify({ shownAfterMs: Date.now() - started })}\n`);
}

// Never awaited here: Electron becomes ready only after this module has been evaluated.
void app.whenReady().then(start);
