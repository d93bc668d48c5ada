import { expect } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { PlatformAnnouncement } from '../../../core/domain/platform-announcement.ts';
import { el } from '../../../core/xml/element.ts';
import { executeCommand } from '../../../node/xmpp/ad-hoc.ts';
import { fieldValues } from '../../../node/xmpp/data-form.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import { expectOk } from '../../support/expect-result.ts';
import type { Server } from '../pages/accounts.ts';
import { root } from './launch.ts';

const FAULTS = 'archipel:demo:faults';
const AGENTS = 'archipel:demo:agents';
const CLOCK = 'archipel:demo:clock';
const ONLINE_USERS = 'http://jabber.org/protocol/admin#get-online-users-list';
/** How long an agent may take to come or go with all its machines. */
const AGENT_MS = 10_000;

/** What is to go wrong: the attributes of a `<fault/>` as the embedded server takes them. */
export type WireFault = Readonly<Record<string, string>>;

/** The embedded platform in a process of its own, on a clock that stands, with its fault switch. */
export class DemoPlatform {
  readonly announcement: PlatformAnnouncement;
  readonly admin: XmppSession;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, announcement: PlatformAnnouncement) {
    this.#child = child;
    this.announcement = announcement;
    const { host, port, fingerprint } = announcement;
    const { jid, password } = this.account;
    this.admin = new XmppSession({
      jid,
      password: async () => password,
      resource: 'faults',
      endpoint: { host, port },
      tls: { pinnedFingerprint: fingerprint },
    });
  }

  /** The built-in one, or one of a size, such as `--hypervisors 2`. */
  static async start(...size: readonly string[]): Promise<DemoPlatform> {
    const entry = path.join(root, 'out/demo/index.js');
    const args = ['--json', '--faults', '--clock', 'manual', '--end-with-parent', ...size];
    const child = spawn(process.execPath, [entry, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const announcement = v.parse(PlatformAnnouncement, JSON.parse(line));
    const platform = new DemoPlatform(child, announcement);
    expectOk(await platform.admin.connect());
    return platform;
  }

  /** The administrator's account, and how to reach its server. */
  get account(): Server {
    const { accounts, host, port } = this.announcement;
    const account = accounts.find(({ role }) => role === 'admin');
    if (!account) throw new Error('The platform has no administrator');
    return { jid: account.jid, password: account.password, host, port };
  }

  /** Makes exactly these things go wrong from now on. */
  async setFaults(...faults: readonly WireFault[]): Promise<void> {
    const payload = el(
      'faults',
      { xmlns: FAULTS },
      faults.map((fault) => el('fault', fault)),
    );
    expectOk(await this.admin.request(this.announcement.domain, 'set', payload));
  }

  /** Ends the agent of a hypervisor, or starts it anew, and waits until the server knows it so. */
  async setAgent(name: string, order: 'stop' | 'start'): Promise<void> {
    const { domain } = this.announcement;
    const payload = el('agents', { xmlns: AGENTS }, [el(order, { name })]);
    expectOk(await this.admin.request(domain, 'set', payload));
    const online = expect.poll(() => this.#online(), {
      message: `whether the server has ${name} online`,
      timeout: AGENT_MS,
    });
    const jid = `${name}@${domain}`;
    if (order === 'start') await online.toContain(jid);
    else await online.not.toContain(jid);
  }

  /** The accounts that are online, as the server tells its administrator (XEP-0133 §4.21). */
  async #online(): Promise<readonly string[]> {
    const { form } = expectOk(
      await executeCommand(this.admin, this.announcement.domain, ONLINE_USERS),
    );
    return fieldValues(form, 'onlineuserjids');
  }

  /** Lets that much time pass on its clock. */
  async step(ms: number): Promise<void> {
    const payload = el('clock', { xmlns: CLOCK }, [el('step', { ms: String(ms) })]);
    expectOk(await this.admin.request(this.announcement.domain, 'set', payload));
  }

  /** Ends it at once, as if its machine had lost power. */
  async crash(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
    await this.admin.disconnect();
  }
}
