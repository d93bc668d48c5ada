// The floor of what starts with pages like ours: a window with the application's preload, styles and scripts over a
// scheme of its own. The scripts are fetched and compiled, and none is run.
import { app, BrowserWindow, net, protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const OUT = path.join(import.meta.dirname, '..');
const PAGES = path.join(OUT, 'renderer');
const PRELOAD = path.join(OUT, 'preload/index.cjs');
const DRAWN = 'new Promise((done) => requestAnimationFrame(() => setTimeout(done)))';

protocol.registerSchemesAsPrivileged([
  {
    scheme: 'bench',
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
]);

/** The page of the application, whose scripts are only made ready. */
async function emptyPage(): Promise<Response> {
  const page = await readFile(path.join(PAGES, 'index.html'), 'utf8');
  const idle = page
    .replaceAll(/<script type="module" crossorigin src=("[^"]+")><\/script>/g, (_all, source) => {
      return `<link rel="modulepreload" crossorigin href=${source}>`;
    })
    .replace('</body>', '<p>Floor</p></body>');
  if (!idle.includes('modulepreload') || idle.includes('<script')) {
    throw new Error('The page of the application has other scripts than this knows');
  }
  return new Response(idle, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

async function start(): Promise<void> {
  protocol.handle('bench', ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === '/index.html') return emptyPage();
    return net.fetch(pathToFileURL(path.join(PAGES, pathname)).href);
  });
  const window = new BrowserWindow({
    ...{ width: 1280, height: 800 },
    webPreferences: { sandbox: true, preload: PRELOAD },
  });
  await window.loadURL('bench://page/index.html');
  await window.webContents.executeJavaScript(DRAWN);
  const started = process.getCreationTime() ?? performance.timeOrigin;
  process.stdout.write(`${JSON.stringify({ shownAfterMs: Date.now() - started })}\n`);
}

// Never awaited here: Electron becomes ready only after this module has been evaluated.
void app.whenReady().then(start);
