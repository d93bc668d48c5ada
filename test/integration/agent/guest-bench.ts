import { randomUUID } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { Application } from '../../../client/application.ts';
import type { RunItemState } from '../../../core/contract/runs.ts';
import type { Entity, EntityState } from '../../../core/domain/entity.ts';
import { BareJid } from '../../../core/domain/jid.ts';
import { ok } from '../../../core/lib/result.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import { bootFloppy } from '../../support/boot-sector.ts';
import {
  ListeningAudience,
  MemoryKeychain,
  MemoryPictures,
  MemoryStorage,
} from '../../support/client-ports.ts';
import { expectOk } from '../../support/expect-result.ts';
import { QEMU_PROGRAMS, TestLibvirtd, waitFor } from '../../support/libvirtd.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { AgentBench } from './agent-bench.ts';

const URI = 'qemu:///session';
const WINDOW = { windowId: 1 };
const NAME = 'guest';
const BANNER = 'ARCHIPEL TEST GUEST';
const LIMIT_MS = 30_000;
const TRACED = /input_event_key_qcode con -?\d+, key qcode (\w+), down (\d)/gu;

export const GUEST_PROGRAMS = [...PROSODY_PROGRAMS, ...QEMU_PROGRAMS];

/** The application, logged in to a real server, with a guest of QEMU that a real agent manages. */
export class GuestBench {
  readonly application: Application;
  readonly #audience: ListeningAudience;
  readonly #server: TestProsody;
  readonly #libvirtd: TestLibvirtd;
  readonly #agent: AgentBench;
  readonly #trace: string;
  readonly #bugs: readonly unknown[];

  private constructor(
    application: Application,
    parts: {
      readonly audience: ListeningAudience;
      readonly server: TestProsody;
      readonly libvirtd: TestLibvirtd;
      readonly agent: AgentBench;
      readonly trace: string;
      readonly bugs: readonly unknown[];
    },
  ) {
    this.application = application;
    this.#audience = parts.audience;
    this.#server = parts.server;
    this.#libvirtd = parts.libvirtd;
    this.#agent = parts.agent;
    this.#trace = parts.trace;
    this.#bugs = parts.bugs;
  }

  /** Starts all of it; the guest has these devices beside its floppy, and is off. */
  static async start(devices: string): Promise<GuestBench> {
    const server = await TestProsody.start();
    const libvirtd = await TestLibvirtd.start();
    const trace = await libvirtd.file('keys.trace', '');
    await chmod(trace, 0o666);
    const { description } = server;
    const agent = await AgentBench.start({ server: description, libvirtd, uri: URI });
    const audience = new ListeningAudience();
    const bugs: unknown[] = [];
    const { ca, host, port } = description;
    const application = new Application(
      {
        storage: new MemoryStorage(),
        keychain: new MemoryKeychain(),
        pictures: new MemoryPictures(),
        images: { toAvatar: async (bytes) => ok(bytes) },
        clock: systemClock,
        createSession: (given) => {
          return new XmppSession({ ...given, tls: { ca }, endpoint: { host, port } });
        },
        random: () => 0,
        createId: randomUUID,
        report: (cause) => String(bugs.push(cause)),
      },
      audience,
    );
    const parts = { audience, server, libvirtd, agent, trace, bugs };
    const bench = new GuestBench(application, parts);
    await bench.#adopt(devices);
    return bench;
  }

  get machine(): Entity {
    const found = this.#entity(NAME);
    if (!found) throw new Error('The guest is not in the roster');
    return found;
  }

  /** What went wrong inside the application; every test expects nothing here. */
  get bugs(): readonly unknown[] {
    return this.#bugs;
  }

  /** Gives a command to the guest and waits for what comes of it. */
  run(command: string, input: Record<string, unknown> = {}): Promise<RunItemState> {
    return this.#run(command, this.machine, input);
  }

  async becomes(state: EntityState): Promise<void> {
    await this.#audience.until(() => this.#entity(NAME)?.state === state);
  }

  /** Starts the guest, and waits until it has booted. */
  async boot(): Promise<void> {
    await this.run('vm.start');
    await this.becomes('running');
    await waitFor('the guest to boot', LIMIT_MS, () => this.#libvirtd.showsText(NAME, BANNER));
  }

  async forceOff(): Promise<void> {
    await this.run('vm.force-off');
    await this.becomes('off');
  }

  /** The definition as virsh shows it; the one that runs unless the inactive one is asked for. */
  definition(...options: readonly '--inactive'[]): Promise<string> {
    return this.#libvirtd.virsh(URI, 'dumpxml', NAME, ...options);
  }

  /** The password of its screen in the definition, as only virsh may read it. */
  async secret(): Promise<string | undefined> {
    const text = await this.#libvirtd.virsh(
      URI,
      ...['dumpxml', NAME, '--inactive', '--security-info'],
    );
    return / passwd='([^']*)'/u.exec(text)?.[1];
  }

  /** The keys that QEMU took events for so far, by its names, with + for down and - for up. */
  async traced(): Promise<readonly string[]> {
    const text = await readFile(this.#trace, 'utf8');
    return [...text.matchAll(TRACED)].map(([, name, down]) => `${down === '1' ? '+' : '-'}${name}`);
  }

  async stop(): Promise<void> {
    await this.application.stop();
    await this.#agent.stop();
    await this.#libvirtd.stop();
    await this.#server.stop();
  }

  async #adopt(devices: string): Promise<void> {
    const floppy = await this.#libvirtd.file('boot.img', bootFloppy(BANNER));
    const uuid = randomUUID();
    const xml = definitionOf(uuid, floppy, devices, this.#trace);
    await this.#libvirtd.virsh(URI, 'define', await this.#libvirtd.file('guest.xml', xml));
    const { admin } = this.#server.description;
    const account = v.parse(BareJid, admin.jid);
    const choices = { connectAtStart: true, rememberPassword: true };
    await this.application.start();
    await this.application.handlers.inventory.snapshot(undefined, WINDOW);
    const settings = { jid: account, resource: 'Archipel', ...choices };
    await this.application.handlers.accounts.add({ settings, password: admin.password }, WINDOW);
    await this.#audience.until(() => this.#audience.told.accounts[0]?.connection.name === 'online');
    await waitFor('the hypervisor', LIMIT_MS, () => this.#agent.isOnline(this.#agent.jid));
    const jid = v.parse(BareJid, this.#agent.jid.split('/')[0]);
    const input = { account, jid, name: 'host', groups: [] };
    expectOk(this.application.runs.start({ command: 'contact.add', targets: [], input }));
    const host = await this.#audience.until(() => {
      const found = this.#entity('host');
      return found?.state === 'available' && found.agent ? found : undefined;
    });
    await this.#run('hypervisor.manage', host, { uuids: [uuid] });
    await this.#audience.until(() => this.#entity(NAME)?.agent !== undefined);
    await this.becomes('off');
  }

  #entity(name: string): Entity | undefined {
    return this.application.inventory.snapshot().entities.find((one) => one.name === name);
  }

  async #run(command: string, target: Entity, input: object): Promise<RunItemState> {
    const targets = [target.id];
    const { id } = expectOk(this.application.runs.start({ command, targets, input: { ...input } }));
    return this.#audience.until(() => {
      const state = this.#audience.told.runs.get(id)?.items[0]?.state;
      return state && state.name !== 'waiting' && state.name !== 'sent' ? state : undefined;
    });
  }
}

/** A guest that boots from the floppy, and whose QEMU notes the keys that it gets. */
function definitionOf(uuid: string, floppy: string, devices: string, trace: string): string {
  const qemu = 'http://libvirt.org/schemas/domain/qemu/1.0';
  const traced = ['-trace', 'input_event_key_qcode', '-D', trace];
  return (
    `<domain type='qemu' xmlns:qemu='${qemu}'><name>${NAME}</name><uuid>${uuid}</uuid>` +
    `<memory>32768</memory><vcpu>1</vcpu>` +
    `<os><type arch='x86_64' machine='pc'>hvm</type><boot dev='fd'/></os>` +
    `<features><acpi/></features><devices>` +
    `<disk type='file' device='floppy'><driver name='qemu' type='raw'/>` +
    `<source file='${floppy}'/><target dev='fda'/><readonly/></disk>` +
    `${devices}<video><model type='vga'/></video></devices>` +
    `<qemu:commandline>${traced.map((one) => `<qemu:arg value='${one}'/>`).join('')}` +
    `</qemu:commandline></domain>`
  );
}
