import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chunkNames } from '../support/pictures.ts';
import { deskOnDemo } from './support/desk.ts';
import { commandLine, root } from './support/launch.ts';

const desk = deskOnDemo();

/** What the content security policy stopped while something was tried in the page. */
async function stoppedBy(attempt: () => Promise<unknown>): Promise<readonly string[]> {
  const { window, complaints } = desk.launched;
  await window.evaluate(() => {
    const stopped: string[] = [];
    Reflect.set(window, 'stopped', stopped);
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      stopped.push(effectiveDirective);
    });
  });
  await attempt();
  const read = (): Promise<readonly string[]> =>
    window.evaluate(() => [...new Set<string>(Reflect.get(window, 'stopped') as string[])]);
  await expect.poll(async () => (await read()).length).toBeGreaterThan(0);
  // Chromium reports each in the console too: these are meant.
  complaints.splice(0);
  return read();
}

test('pages run in the sandbox and reach nothing of Node or Electron', async () => {
  const { app, window } = desk;
  const inPage = await window.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window),
  );
  expect(inPage).toEqual([]);
  const preferences = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      // Electron tells them by a function that its types leave out.
      const read = Reflect.get(
        webContents,
        'getLastWebPreferences',
      ) as () => Electron.WebPreferences;
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } = read.call(webContents);
      return { sandbox, contextIsolation, nodeIntegration, webviewTag };
    }),
  );
  expect(preferences).toEqual([
    { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  ]);
});

test('pages are given pictures of others as they are made here, of pixels alone', async () => {
  const { roster, window } = desk;
  await roster.select('lagoon');
  const picture = window.locator('img[src^="avatar/"]').first();
  await expect(picture).toBeVisible();
  const given = await picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const response = await fetch(image.src);
    const bytes = [...new Uint8Array(await response.arrayBuffer())];
    return { width: image.naturalWidth, type: response.headers.get('Content-Type'), bytes };
  });
  expect({ ...given, bytes: chunkNames(Uint8Array.from(given.bytes)) }).toEqual({
    width: 48,
    type: 'image/png',
    bytes: ['IHDR', 'IDAT', 'IEND'],
  });
  await desk.photograph(path.join(root, 'out/e2e/avatar'));
});

test('a page runs no text as code', async () => {
  const stopped = await stoppedBy(() =>
    desk.window.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.body.append(script);
    }),
  );
  expect(stopped).toEqual(['script-src-elem']);
  expect(await desk.window.evaluate(() => 'inlineRan' in window)).toBe(false);
  const told = await desk.window.evaluate(() => {
    const timer = window.setTimeout as (code: string) => number;
    timer('window.evalRan = true');
    return new Promise<string>((settle) => {
      document.addEventListener(
        'securitypolicyviolation',
        ({ effectiveDirective, blockedURI }) => settle(`${effectiveDirective} ${blockedURI}`),
        { once: true },
      );
      timer('window.evalRan = true');
    });
  });
  desk.launched.complaints.splice(0);
  expect(told).toBe('script-src eval');
  expect(await desk.window.evaluate(() => 'evalRan' in window)).toBe(false);
});

test('a page asks no server, embeds none and loads no script from one', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('window.remoteRan = true');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stopped = await stoppedBy(() =>
    desk.window.evaluate(async (origin) => {
      const script = document.createElement('script');
      script.src = `${origin}/script.js`;
      const frame = document.createElement('iframe');
      frame.src = `${origin}/frame`;
      const image = new Image();
      image.src = `${origin}/image.png`;
      document.body.append(script, frame, image);
      await fetch(`${origin}/fetch`).catch(() => undefined);
      frame.remove();
    }, address),
  );
  server.close();
  expect([...stopped].sort()).toEqual(['connect-src', 'frame-src', 'img-src', 'script-src-elem']);
  expect(asked).toEqual([]);
});

test('a page gets no permission', async () => {
  const states = await desk.window.evaluate(async () => {
    const names: readonly PermissionName[] = ['geolocation', 'notifications', 'camera'];
    const answers = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return answers.map(({ state }) => state);
  });
  expect(states).toEqual(['denied', 'denied', 'denied']);
});

test('a second start hands its link over to the first and ends', async () => {
  const hypervisor = 'xmpp:atoll-03@archipel.test';
  const { executable, args } = commandLine(desk.profile, [hypervisor]);
  const second = spawn(executable, args, { cwd: root, stdio: 'ignore' });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect(desk.roster.item('atoll-03')).toHaveAttribute('aria-selected', 'true');
  const stranger = spawn(executable, [...args.slice(0, -1), 'xmpp:stranger@archipel.test'], {
    cwd: root,
    stdio: 'ignore',
  });
  expect(await once(stranger, 'exit')).toEqual([0, null]);
  // It is proposed, never done.
  const proposal = desk.shell.dialog('Add contact');
  await expect(proposal.getByRole('textbox', { name: 'JID' })).toHaveValue(
    'stranger@archipel.test',
  );
  await desk.window.keyboard.press('Escape');
  expect(desk.app.windows()).toHaveLength(1);
});

test('a page opens no window and stays where it is', async () => {
  const { app, window: page } = desk;
  const opened = await page.evaluate(() => window.open('app://archipel/confirm.html') !== null);
  expect({ opened, windows: app.windows().length }).toEqual({ opened: false, windows: 1 });
  // From main, for Playwright would go on waiting for a navigation that never happens.
  const seen = await app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const tried = new Promise<{ readonly to: string; readonly prevented: boolean }>((settle) => {
      webContents.once('will-navigate', (event) => {
        settle({ to: event.url, prevented: event.defaultPrevented });
      });
    });
    const before = webContents.getURL();
    await webContents.executeJavaScript(
      "Object.assign(document.createElement('a'), { href: 'https://archipel.test/' }).click()",
      true,
    );
    return { ...(await tried), stays: webContents.getURL() === before };
  });
  expect(seen).toEqual({ to: 'https://archipel.test/', prevented: true, stays: true });
});
