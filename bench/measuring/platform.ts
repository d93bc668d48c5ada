import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';
import { PlatformAnnouncement } from '../../core/domain/platform-announcement.ts';
import { ROOM_FOR_MANY } from '../../node/platform/young-generation.ts';

// Beside the bundle of the benches.
const ENTRY = path.join(import.meta.dirname, 'platform.js');
const Outcome = v.record(v.string(), v.picklist(['paused', 'running']));

export interface PlatformSize {
  readonly hypervisors: number;
  /** On each hypervisor. */
  readonly machines: number;
  /** Scripts stand behind the entities instead of agents. */
  readonly isScripted: boolean;
  /** Accounts that the server has beside those of the platform; none unless given. */
  readonly accounts?: number;
}

/** The embedded platform in a process of its own, where things happen only when a bench says so. */
export class Platform {
  readonly announcement: PlatformAnnouncement;
  readonly size: PlatformSize;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: Interface;

  private constructor(
    size: PlatformSize,
    child: ChildProcessByStdio<Writable, Readable, null>,
    lines: Interface,
    announcement: PlatformAnnouncement,
  ) {
    this.size = size;
    this.#child = child;
    this.#lines = lines;
    this.announcement = announcement;
  }

  static async start(size: PlatformSize): Promise<Platform> {
    const sizes = ['--hypervisors', `${size.hypervisors}`, '--vms', `${size.machines}`];
    const accounts = size.accounts === undefined ? [] : ['--accounts', `${size.accounts}`];
    const args = [ENTRY, ...sizes, ...(size.isScripted ? ['--scripted'] : []), ...accounts];
    const child = spawn(process.execPath, [...ROOM_FOR_MANY, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface(child.stdout);
    const announced = v.parse(PlatformAnnouncement, await nextLine(lines, child));
    return new Platform(size, child, lines, announced);
  }

  get entities(): number {
    return this.size.hypervisors * (1 + this.size.machines);
  }

  get admin(): { readonly jid: string; readonly password: string } {
    const admin = this.announcement.accounts.find(({ role }) => role === 'admin');
    if (!admin) throw new Error('The platform has no administrator');
    return admin;
  }

  /** Tells so many changes as fast as it can; how each machine that was touched is now, by UUID. */
  async storm(changes: number): Promise<Readonly<Record<string, 'paused' | 'running'>>> {
    this.#child.stdin.write(`${JSON.stringify({ changes })}\n`);
    return v.parse(Outcome, await nextLine(this.#lines, this.#child));
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const closed = once(this.#child, 'close');
    this.#child.stdin.end();
    await closed;
  }
}

async function nextLine(
  lines: Interface,
  child: ChildProcessByStdio<Writable, Readable, null>,
): Promise<unknown> {
  const told = new AbortController();
  const ended = async (): Promise<never> => {
    const [code] = (await once(child, 'close', told)) as [number | null];
    throw new Error(`The platform ended with ${code}`);
  };
  try {
    const [line] = (await Promise.race([once(lines, 'line', told), ended()])) as [string];
    return JSON.parse(line);
  } finally {
    // Takes away what still listens: a bench asks thousands of times.
    told.abort();
  }
}
