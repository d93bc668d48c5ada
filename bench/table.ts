import type { Locator } from '@playwright/test';
import type { StanzaRecord } from '../core/contract/stanzas.ts';
import type { Bench, Run } from './measuring/bench.ts';
import type { DesktopApp } from './measuring/desktop-app.ts';
import { onPlatform } from './measuring/on-platform.ts';
import type { Platform, PlatformSize } from './measuring/platform.ts';

const ACCOUNTS = 50_000;
const SIZE: PlatformSize = { hypervisors: 1, machines: 1, isScripted: false, accounts: ACCOUNTS };
const PAGE = 50;
const LIMIT_MS = 1000;

/** How often users were asked for since the start, by action. */
async function askedSoFar({ page }: DesktopApp): Promise<Readonly<Record<string, number>>> {
  const reply = await page.evaluate(() => window.archipel.stanzas.open());
  await page.evaluate(() => window.archipel.stanzas.close());
  if (!reply.ok) throw new Error(reply.error.code);
  const counts: Record<string, number> = {};
  for (const { direction, namespace, action } of JSON.parse(reply.value) as StanzaRecord[]) {
    const isQuestion = direction === 'out' && namespace === 'archipel:xmppserver:users';
    if (isQuestion) counts[action] = (counts[action] ?? 0) + 1;
  }
  return counts;
}

/** Milliseconds from an act until a row is drawn with its user. */
async function untilDrawn(row: Locator, act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  await row.waitFor();
  return performance.now() - started;
}

/** Scrolls the list to its middle; how many pages hold what is drawn there. */
async function toTheMiddle(list: Locator, drawn: Locator): Promise<number> {
  await list.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
  const middle = `[aria-posinset="${ACCOUNTS / 2}"]`;
  await drawn.and(list.locator(middle)).waitFor();
  await list.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  const places = await list
    .locator('[aria-posinset]')
    .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-posinset')) - 1));
  return new Set(places.map((place) => Math.floor(place / PAGE))).size;
}

async function look(app: DesktopApp, platform: Platform): Promise<Run> {
  await app.logIn(platform);
  const { page } = app;
  const list = page.getByRole('listbox', { name: 'Users of the XMPP server' });
  const drawn = list.locator('[role="option"][aria-busy="false"]');
  const host = platform.announcement.hypervisors[0]?.name ?? '';
  await page.getByRole('treeitem', { name: host, exact: true }).click({ button: 'right' });
  const first = await untilDrawn(drawn.first(), () => {
    return page.getByRole('menuitem', { name: 'XMPP users', exact: true }).click();
  });
  const atFirst = await askedSoFar(app);
  const pages = await toTheMiddle(list, drawn);
  const inTheMiddle = await askedSoFar(app);
  const search = page.getByRole('searchbox', { name: 'Find in all users' });
  const found = await untilDrawn(drawn.filter({ hasText: 'user-49999' }), async () => {
    await search.fill('USER-49999');
    await search.press('Enter');
  });
  const asked = (inTheMiddle['list'] ?? 0) - (atFirst['list'] ?? 0);
  const limit = { name: 'our own limit of 1 s', value: LIMIT_MS };
  const one = { name: 'one page', value: 1 };
  const seen = { name: 'the pages in sight', value: pages };
  return [
    { name: 'table.50000', value: atFirst['list'] ?? 0, unit: 'requests', peer: one },
    { name: 'table.50000-middle', value: asked, unit: 'requests', peer: seen },
    { name: 'table.50000-first', value: first, unit: 'ms', peer: limit },
    { name: 'table.50000-filter', value: found, unit: 'ms', peer: limit },
  ];
}

/** The users of a server with 50,000 accounts: what is asked to the first row, in the middle, and a search. */
export const table: Bench = {
  name: 'table.50000',
  runs: 3,
  run: () => onPlatform(SIZE, look),
};
