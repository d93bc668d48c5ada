import { randomUUID } from 'node:crypto';
import { LibvirtHypervisor } from '../../../agent/hypervisor/libvirt/libvirt-hypervisor.ts';
import { bootFloppy } from '../../support/boot-sector.ts';
import { EJABBERD_PROGRAMS, TestEjabberd } from '../../support/ejabberd.ts';
import { expectOk } from '../../support/expect-result.ts';
import { QEMU_PROGRAMS, TestLibvirtd, waitFor } from '../../support/libvirtd.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import type { Server } from '../pages/accounts.ts';
import { AgentProcess } from './agent-process.ts';
import { DemoPlatform } from './demo-platform.ts';

export type PowerEvent = 'started' | 'stopped';

/** A platform to log in to, with a machine that is off. */
export interface TestPlatform {
  readonly account: Server;
  readonly machine: string;
  /** What the administrator must add first; absent where the server shares its contacts. */
  readonly newcomer?: { readonly jid: string; readonly name: string };
  /** When the hypervisor told this last, in milliseconds since 1970; waits until it did. */
  eventAt(event: PowerEvent): Promise<number>;
  /** Waits until the guest would notice its power button. */
  booted(): Promise<void>;
  /** Waits until the guest's own screen shows a text; absent where nobody can look at it. */
  readonly shows?: (text: string) => Promise<void>;
  /** Ends all, and tells how the agent ended and which processes libvirt left running. */
  stop(): Promise<{ readonly exitCode: number | null; readonly left: readonly number[] }>;
}

export interface PlatformKind {
  readonly name: string;
  readonly programs: readonly string[];
  readonly start: () => Promise<TestPlatform>;
}

const MACHINE = 'guest';
const BANNER = 'ARCHIPEL TEST GUEST';
const GUEST_LIMIT_MS = 30_000;
/** Longer than a simulated guest takes to shut down. */
const SHUTDOWN_MS = 60_000;

async function startReal(program: typeof TestEjabberd | typeof TestProsody): Promise<TestPlatform> {
  const server = await program.start();
  const { description } = server;
  const libvirtd = await TestLibvirtd.start();
  const floppy = await libvirtd.file('boot.img', bootFloppy(BANNER));
  const definition = await libvirtd.file('guest.xml', guestDefinition(floppy));
  await libvirtd.virsh(libvirtd.qemuUri, 'define', definition);
  const told = await listen(libvirtd);
  const agent = await AgentProcess.start(description, libvirtd);
  const { jid, password } = description.admin;
  return {
    account: { jid, password, host: description.host, port: description.port },
    machine: MACHINE,
    newcomer: { jid: agent.jid, name: agent.name },
    eventAt: told.eventAt,
    booted: () =>
      waitFor('the guest to boot', GUEST_LIMIT_MS, () => libvirtd.showsText(MACHINE, BANNER)),
    shows: (text) =>
      waitFor(`the guest to show ${text}`, GUEST_LIMIT_MS, () => libvirtd.showsText(MACHINE, text)),
    stop: async () => {
      const exitCode = await agent.stop();
      await told.stop();
      await libvirtd.stopProcess();
      const left = await libvirtd.processes();
      await libvirtd.stop();
      await server.stop();
      return { exitCode, left };
    },
  };
}

/** Hears what libvirt tells by a connection of its own. */
async function listen(libvirtd: TestLibvirtd): Promise<{
  readonly eventAt: (event: PowerEvent) => Promise<number>;
  readonly stop: () => Promise<void>;
}> {
  const told = new Map<string, number>();
  const hypervisor = new LibvirtHypervisor({
    uri: { name: libvirtd.qemuUri, sockets: [libvirtd.socket] },
    onThrown: (cause) => {
      throw cause;
    },
  });
  const stopListening = hypervisor.domains.onEvent(({ event }) => told.set(event, Date.now()));
  expectOk(await hypervisor.connect());
  return {
    eventAt: async (event) => {
      await waitFor(`libvirt to tell ${event}`, GUEST_LIMIT_MS, () => told.has(event));
      return told.get(event) ?? 0;
    },
    stop: async () => {
      stopListening();
      await hypervisor.close();
    },
  };
}

function guestDefinition(floppy: string): string {
  return (
    `<domain type='qemu'><name>${MACHINE}</name><uuid>${randomUUID()}</uuid>` +
    `<memory>32768</memory><vcpu>1</vcpu>` +
    `<os><type arch='x86_64' machine='pc'>hvm</type><boot dev='fd'/></os>` +
    `<features><acpi/></features><devices>` +
    `<disk type='file' device='floppy'><driver name='qemu' type='raw'/>` +
    `<source file='${floppy}'/><target dev='fda'/><readonly/></disk>` +
    `<serial type='pty'/><graphics type='vnc' autoport='yes'/>` +
    `<video><model type='vga'/></video></devices></domain>`
  );
}

async function startEmbedded(): Promise<TestPlatform> {
  const demo = await DemoPlatform.start();
  return {
    account: demo.account,
    machine: 'template-debian-12',
    // What takes a guest time takes it on the platform's clock, which stands until it is stepped.
    eventAt: async () => {
      await demo.step(SHUTDOWN_MS);
      return Date.now();
    },
    booted: async () => undefined,
    stop: async () => {
      await demo.crash();
      return { exitCode: 0, left: [] };
    },
  };
}

/** All servers that the product is tested on, the embedded one included. */
export const PLATFORMS: readonly PlatformKind[] = [
  {
    name: 'ejabberd',
    programs: [...EJABBERD_PROGRAMS, ...QEMU_PROGRAMS],
    start: () => startReal(TestEjabberd),
  },
  {
    name: 'Prosody',
    programs: [...PROSODY_PROGRAMS, ...QEMU_PROGRAMS],
    start: () => startReal(TestProsody),
  },
  { name: 'the embedded platform', programs: [], start: startEmbedded },
];
