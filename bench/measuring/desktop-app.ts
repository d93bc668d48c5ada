import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BridgedApi } from '../../core/contract/contract.ts';
import type { InventoryDelta, InventorySnapshot } from '../../core/contract/inventory.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { APP, electronPath, sandboxArguments } from './electron.ts';
import type { Platform } from './platform.ts';

declare global {
  interface Window {
    /** What the preload gives the page. */
    readonly archipel: BridgedApi;
  }
}

const START_LIMIT_MS = 60_000;
const HEARD_LIMIT_MS = 120_000;

/** A folder for a profile that is removed by the returned function. */
export async function newProfile(): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'archipel-bench-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Gives a profile the administrator's account of a platform, as after an earlier log-in, without a password. */
export async function addAccount(folder: string, { admin, announcement }: Platform): Promise<void> {
  const { host, port, fingerprint } = announcement;
  const settings = {
    jid: admin.jid,
    resource: 'Archipel',
    endpoint: { host, port, directTls: false },
    connectAtStart: false,
    rememberPassword: false,
  };
  const known = { pin: fingerprint, mechanism: 'SCRAM-SHA-256', privateRead: true };
  const value = [{ settings, hasPassword: false, ...known }];
  const text = JSON.stringify({ format: 'accounts', version: 1, value });
  await writeFile(path.join(folder, 'accounts.json'), text);
}

/** The built application, driven from outside. */
export class DesktopApp {
  readonly app: ElectronApplication;
  readonly page: Page;

  private constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
  }

  static async launch(profile: string, ...more: readonly string[]): Promise<DesktopApp> {
    const app = await _electron.launch({
      executablePath: electronPath(),
      args: [APP, '--profile', profile, ...sandboxArguments(), ...more],
      cwd: APP,
      timeout: START_LIMIT_MS,
    });
    const page = await app.firstWindow({ timeout: START_LIMIT_MS });
    await page.getByRole('tree', { name: 'Roster' }).or(page.getByRole('main')).first().waitFor();
    return new DesktopApp(app, page);
  }

  get pid(): number {
    return this.app.process().pid ?? 0;
  }

  /**
   * Logs in, and waits until this page has heard of every entity and drawn that.
   * @returns milliseconds from the order to connect
   */
  async logIn({ admin, entities }: Platform): Promise<number> {
    return this.page.evaluate(
      async ({ jid, password, awaited, limit }) => {
        const { accounts, inventory } = window.archipel;
        const heard = new Set<string>();
        const all = new Promise<void>((resolve, reject) => {
          setTimeout(() => reject(new Error(`Only ${heard.size} were heard`)), limit);
          inventory.changed((text) => {
            const { changed } = JSON.parse(text) as InventoryDelta;
            for (const { id, kind, resource } of changed) {
              const isCounted = kind === 'hypervisor' || kind === 'virtualmachine';
              if (isCounted && resource !== undefined) heard.add(id);
            }
            if (heard.size === awaited) resolve();
          });
        });
        const started = performance.now();
        const reply = await accounts.connect({ jid, password });
        if (!reply.ok) throw new Error(JSON.stringify(reply.error));
        await all;
        await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - started;
      },
      { ...admin, awaited: entities, limit: HEARD_LIMIT_MS },
    );
  }

  /** All that this page would be shown. */
  async entities(): Promise<readonly Entity[]> {
    const snapshot = await this.page.evaluate(() => window.archipel.inventory.snapshot());
    if (!snapshot.ok) throw new Error(snapshot.error.code);
    return (JSON.parse(snapshot.value) as InventorySnapshot).entities;
  }

  /** Stanzas sent since the start, all causes together. */
  async stanzasSent(): Promise<number> {
    return this.page.evaluate(async () => {
      const counts = await window.archipel.stanzas.counts();
      return counts.ok ? Object.values(counts.value).reduce((sum, count) => sum + count, 0) : 0;
    });
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}
