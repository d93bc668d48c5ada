import type { BrowserWindow } from 'electron';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from '../../client/client.ts';
import type { Caller } from '../../core/contract/define.ts';
import type { Settings } from '../../core/contract/settings.ts';
import type { Entity } from '../../core/domain/entity.ts';

const PATIENCE_MS = 45_000;
const LOOK_EVERY_MS = 100;

export interface Sitter {
  readonly client: Client;
  readonly window: BrowserWindow;
  readonly folder: string;
  /** The workspaces to be seen, by their ids. */
  readonly workspaces: readonly string[];
  readonly say: (line: string) => void;
  /** Runs a command in the window, as the menu does. */
  readonly run: (command: string, input: unknown) => void;
}

interface Shot {
  readonly file: string;
  readonly theme: Settings['theme'];
  /** The command that shows it, and what the command is given. */
  readonly command: string;
  readonly input: Readonly<Record<string, string>>;
}

const THEMES: readonly Settings['theme'][] = ['light', 'dark'];

/**
 * For a machine without a display: waits for the embedded platform, opens the panels and the
 * workspaces, writes a picture of each in both themes and says what it saw. False when the platform did not come.
 */
export async function takeSelfPortrait(sitter: Sitter): Promise<boolean> {
  const began = performance.now();
  const entities = await waitForFleet(sitter.client, sitter.window);
  if (entities.length === 0) {
    sitter.say('No entity came online: the embedded platform did not start in time.');
    return false;
  }
  sitter.say(`${describeFleet(entities)}, after ${seconds(began)}.`);
  await mkdir(sitter.folder, { recursive: true });
  // The tour would stand before what the pictures are to show.
  await sitter.client.handlers.settings.change({ tourDone: true }, callerOf(sitter.window));
  for (const shot of [...shotsOf(entities), ...shotsOfAll(sitter.workspaces)]) {
    const at = performance.now();
    await take(sitter, shot);
    sitter.say(`${path.join(sitter.folder, shot.file)} (${seconds(at)})`);
  }
  return true;
}

/** The entities, once the fleet is complete: its size has not grown for a second. */
async function waitForFleet(client: Client, window: BrowserWindow): Promise<readonly Entity[]> {
  const deadline = performance.now() + PATIENCE_MS;
  let known = 0;
  let since = performance.now();
  while (performance.now() < deadline) {
    const online = await onlineEntities(client, window);
    if (online.length !== known) {
      known = online.length;
      since = performance.now();
    }
    if (known > 0 && performance.now() - since > 1_000) return online;
    await pause(LOOK_EVERY_MS);
  }
  return [];
}

async function onlineEntities(client: Client, window: BrowserWindow): Promise<readonly Entity[]> {
  const snapshot = await client.handlers.inventory.snapshot(undefined, callerOf(window));
  if (!snapshot.ok) return [];
  return snapshot.value.entities.filter(({ state }) => state !== 'unknown' && state !== 'offline');
}

function callerOf(window: BrowserWindow): Caller {
  return { windowId: window.webContents.id };
}

function describeFleet(entities: readonly Entity[]): string {
  const hypervisors = entities.filter(({ kind }) => kind === 'hypervisor').length;
  const machines = entities.filter(({ kind }) => kind === 'virtualmachine');
  const counts = new Map<string, number>();
  for (const { state } of machines) counts.set(state, (counts.get(state) ?? 0) + 1);
  const states = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  return `${hypervisors} hypervisors and ${machines.length} virtual machines online (${states})`;
}

function shotsOf(entities: readonly Entity[]): readonly Shot[] {
  const machine = entities.find(
    ({ kind, state }) => kind === 'virtualmachine' && state === 'running',
  );
  const hypervisor = entities.find(({ kind }) => kind === 'hypervisor');
  const views = [
    { name: 'overview', subject: machine },
    { name: 'controls', subject: machine },
    { name: 'machines', subject: hypervisor },
  ];
  return THEMES.flatMap((theme) =>
    views.flatMap(({ name, subject }): readonly Shot[] => {
      if (!subject) return [];
      const input = { panel: name, subject: subject.id };
      return [{ file: `${name}-${theme}.png`, theme, command: 'panel.open', input }];
    }),
  );
}

function shotsOfAll(workspaces: readonly string[]): readonly Shot[] {
  return workspaces.flatMap((workspace) =>
    THEMES.map((theme) => {
      const file = `workspace-${workspace}-${theme}.png`;
      return { file, theme, command: 'workspace.open', input: { workspace } };
    }),
  );
}

async function take(sitter: Sitter, { file, theme, command, input }: Shot): Promise<void> {
  const { client, window } = sitter;
  await client.handlers.settings.change({ theme }, callerOf(window));
  sitter.run(command, input);
  await settled(window);
  const picture = await window.webContents.capturePage();
  await writeFile(path.join(sitter.folder, file), picture.toPNG());
}

/** Waits until nothing on the page says that it is still loading, and the last change is painted. */
async function settled(window: BrowserWindow): Promise<void> {
  const busy = `document.querySelector('[aria-busy="true"]') !== null || document.querySelector('[role="tabpanel"]') === null`;
  const deadline = performance.now() + 5_000;
  do {
    await pause(LOOK_EVERY_MS);
  } while (performance.now() < deadline && (await window.webContents.executeJavaScript(busy)));
  await pause(2 * LOOK_EVERY_MS);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
