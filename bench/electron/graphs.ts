// Lets a page of graphs take live steps, and says what they cost: those of the application, or those of its peer.
import { app, BrowserWindow, net, protocol } from 'electron';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const PAGES = path.join(import.meta.dirname, '../bench-page');
const WINDOW = { width: 1200, height: 900, useContentSize: true };
/** Not compiled yet, and columns that still grow. */
const WARM_UP = 40;
const STEPS = 150;

protocol.registerSchemesAsPrivileged([
  { scheme: 'bench', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

interface Cost {
  /** Of scripts, in the page and in its worker, for each step. */
  readonly steps: readonly number[];
  /** What the page's thread was busy for a step, the mean, milliseconds. */
  readonly pageMs: number;
  /** What all processes were for a step, the mean, milliseconds. */
  readonly processorMs: number;
}

/** Processor time of all processes of this program so far, milliseconds. */
function processorMs(): number {
  return app
    .getAppMetrics()
    .reduce((sum, { cpu }) => sum + 1000 * (cpu.cumulativeCPUUsage ?? 0), 0);
}

async function busyMs({ webContents }: BrowserWindow): Promise<number> {
  const { metrics } = (await webContents.debugger.sendCommand('Performance.getMetrics')) as {
    readonly metrics: readonly { readonly name: string; readonly value: number }[];
  };
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
}

async function measure(): Promise<void> {
  protocol.handle('bench', ({ url }) => {
    return net.fetch(pathToFileURL(path.join(PAGES, new URL(url).pathname)).href);
  });
  const window = new BrowserWindow(WINDOW);
  await window.loadURL(`bench://page/graphs.html?${process.argv.at(-1)}`);
  const take = async (count: number): Promise<readonly number[]> => {
    const times: unknown = await window.webContents.executeJavaScript(`takeSteps(${count})`);
    return times as readonly number[];
  };
  await take(WARM_UP);
  window.webContents.debugger.attach();
  await window.webContents.debugger.sendCommand('Performance.enable');
  const before = { busy: await busyMs(window), processor: processorMs() };
  const steps = await take(STEPS);
  const cost: Cost = {
    steps,
    pageMs: ((await busyMs(window)) - before.busy) / STEPS,
    processorMs: (processorMs() - before.processor) / STEPS,
  };
  process.stdout.write(`${JSON.stringify(cost)}\n`);
  app.quit();
}

// Never awaited here: Electron becomes ready only after this module has been evaluated.
void app.whenReady().then(measure);
