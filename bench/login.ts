import { Parser } from '@xmpp/xml';
import type { Bench, Run } from './measuring/bench.ts';
import { BareClient } from './measuring/bare-client.ts';
import { addAccount, DesktopApp, newProfile } from './measuring/desktop-app.ts';
import { Platform } from './measuring/platform.ts';
import { processorTime } from './measuring/process-tree.ts';
import { YARDSTICK } from './measuring/yardstick.ts';

/** How long the library that XMPP clients use takes to parse what came in, in milliseconds. */
function parseTime(stanzas: readonly string[]): number {
  const started = performance.now();
  const parser = new Parser();
  parser.write(
    '<stream:stream xmlns="jabber:client" xmlns:stream="http://etherx.jabber.org/streams">',
  );
  for (const stanza of stanzas) parser.write(stanza);
  return performance.now() - started;
}

/** All that a log-in brings from the server. */
async function broughtBy(platform: Platform): Promise<readonly string[]> {
  const bare = new BareClient(platform, 'text');
  await bare.logIn();
  await bare.close();
  return bare.received;
}

async function logInOnce(): Promise<Run> {
  const platform = await Platform.start(YARDSTICK);
  const profile = await newProfile();
  try {
    await addAccount(profile.folder, platform);
    const app = await DesktopApp.launch(profile.folder);
    const before = await processorTime(app.pid);
    const shown = await app.logIn(platform);
    const worked = (await processorTime(app.pid)) - before;
    await app.close();
    const floor = parseTime(await broughtBy(platform));
    const bare = new BareClient(platform);
    const least = { name: 'a client that parses and keeps nothing', value: await bare.logIn() };
    await bare.close();
    const peer = { name: 'parsing the same bytes with ltx alone', value: floor };
    return [
      { name: 'login.5000', value: shown, unit: 'ms', peer },
      { name: 'login.5000-beside', value: shown, unit: 'ms', peer: least },
      { name: 'login.5000-processor', value: worked, unit: 'ms', peer },
    ];
  } finally {
    await platform.stop();
    await profile.remove();
  }
}

/** From the order to connect until the whole tree is drawn, beside what parsing alone takes. */
export const login: Bench = {
  name: 'login.5000',
  runs: 3,
  run: logInOnce,
};
