import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as v from 'valibot';
import { ROOM_FOR_MANY } from '../../node/platform/young-generation.ts';
import { PlatformAnnouncement } from '../../core/domain/platform-announcement.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import { PresenceTable } from '../../node/xmpp/presence-table.ts';
import { Roster } from '../../node/xmpp/roster.ts';
import { XmppSession } from '../../node/xmpp/session.ts';

// Beside the bundle of the benches.
const ENTRY = path.join(import.meta.dirname, '../demo/index.js');
/** In which the kernel counts the time of a process. */
const TICKS_PER_SECOND = 100;

function fail(cause: unknown): never {
  throw cause;
}

/** The embedded platform in a process of its own, as users start it. */
export class DemoProcess {
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  readonly #hypervisors: number;
  readonly #machines: number;
  #session: XmppSession | undefined;

  constructor(hypervisors: number, machines: number) {
    this.#hypervisors = hypervisors;
    this.#machines = machines;
    const sizes = ['--hypervisors', String(hypervisors), '--vms', String(machines)];
    const args = [ENTRY, '--json', '--end-with-parent', ...sizes];
    this.#child = spawn(process.execPath, [...ROOM_FOR_MANY, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  /** Logs an administrator in and waits until it sees every hypervisor and machine. */
  async online(): Promise<void> {
    const line = await new Promise<string>((resolve, reject) => {
      createInterface(this.#child.stdout).once('line', resolve);
      this.#child.once('close', (code) => reject(new Error(`The demo ended with ${code}`)));
    });
    const { host, port, fingerprint, accounts } = v.parse(PlatformAnnouncement, JSON.parse(line));
    const admin = accounts.find(({ role }) => role === 'admin') ?? fail(new Error('No admin'));
    const session = new XmppSession({
      jid: admin.jid,
      password: async () => admin.password,
      endpoint: { host, port },
      tls: { pinnedFingerprint: fingerprint },
    });
    this.#session = session;
    const seen = this.#allSeen(session, new Set(accounts.map(({ jid }) => jid)));
    const connected = await session.connect();
    if (!connected.ok) throw new Error(`The administrator cannot log in: ${connected.error.code}`);
    await new Roster(session, fail).load();
    await seen.table.announce({});
    await seen.all;
  }

  #allSeen(session: XmppSession, people: ReadonlySet<string>) {
    const awaited = this.#hypervisors * (this.#machines + 1);
    const seen = new Set<string>();
    const table = new PresenceTable(session, systemClock, fail);
    const all = new Promise<void>((resolve) => {
      table.on('changed', ({ jid, presence }) => {
        if (presence && !people.has(jid)) seen.add(jid);
        if (seen.size === awaited) resolve();
      });
    });
    return { table, all };
  }

  /** Processor time so far in seconds and memory in MB; undefined where the kernel does not tell. */
  async use(): Promise<{ readonly seconds: number; readonly megabytes: number } | undefined> {
    if (process.platform !== 'linux') return undefined;
    const folder = `/proc/${this.#child.pid}`;
    const stat = await readFile(path.join(folder, 'stat'), 'utf8');
    const status = await readFile(path.join(folder, 'status'), 'utf8');
    // After the name in brackets, which may hold anything: fields 14 and 15 of proc(5) are user and system.
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    const kibibytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
    return { seconds: (user + system) / TICKS_PER_SECOND, megabytes: (kibibytes * 1024) / 1e6 };
  }

  async stop(): Promise<void> {
    await this.#session?.disconnect();
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'close');
  }
}
