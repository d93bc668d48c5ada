import { randomUUID } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { QEMU_PROGRAMS, TestLibvirtd } from '../../support/libvirtd.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { findProgram } from '../../support/required-programs.ts';
import { TestXvnc, XVNC_PROGRAMS, type XvncOptions } from '../../support/xvnc.ts';
import { AgentProcess } from './agent-process.ts';
import type { TestPlatform } from './platforms.ts';

export const SCREEN_PROGRAMS = [...QEMU_PROGRAMS, ...PROSODY_PROGRAMS, ...XVNC_PROGRAMS];

const MACHINE = 'desk';

/** A running machine whose screen is a real TigerVNC server in place of QEMU's own. */
export interface ScreenPlatform extends Pick<TestPlatform, 'account' | 'machine' | 'newcomer'> {
  readonly screen: TestXvnc;
  stop(): Promise<void>;
}

/** Starts the screen, libvirt with the machine, an XMPP server and an agent. */
export async function startScreenPlatform(
  options: Partial<XvncOptions> = {},
): Promise<ScreenPlatform> {
  const screen = await TestXvnc.start({ security: 'None', geometry: '640x480', ...options });
  const server = await TestProsody.start();
  const { description } = server;
  const libvirtd = await TestLibvirtd.start();
  const agent = await AgentProcess.start(description, libvirtd);
  const emulator = await libvirtd.file('qemu-without-vnc', withoutVnc());
  await chmod(emulator, 0o755);
  const file = await libvirtd.file('desk.xml', definition(emulator, screen.port));
  await libvirtd.virsh(libvirtd.qemuUri, 'define', file);
  await libvirtd.virsh(libvirtd.qemuUri, 'start', MACHINE);
  const { jid, password } = description.admin;
  return {
    account: { jid, password, host: description.host, port: description.port },
    machine: MACHINE,
    newcomer: { jid: agent.jid, name: agent.name },
    screen,
    stop: async () => {
      await agent.stop();
      await libvirtd.stop();
      await server.stop();
      await screen.stop();
    },
  };
}

/** QEMU as libvirt starts it, but that it leaves the port of its screen to somebody else. */
function withoutVnc(): string {
  const lines = [
    '#!/bin/sh',
    'left=$#',
    'while [ "$left" -gt 0 ]; do',
    '  word=$1',
    '  shift',
    '  left=$((left - 1))',
    '  [ "$before" = -vnc ] && word=none',
    '  before=$word',
    '  set -- "$@" "$word"',
    'done',
    `exec ${findProgram('qemu-system-x86_64') ?? ''} "$@"`,
  ];
  return `${lines.join('\n')}\n`;
}

function definition(emulator: string, port: number): string {
  return (
    `<domain type='qemu'><name>${MACHINE}</name><uuid>${randomUUID()}</uuid>` +
    `<memory>32768</memory><vcpu>1</vcpu>` +
    `<os><type arch='x86_64' machine='pc'>hvm</type></os><devices>` +
    `<emulator>${emulator}</emulator>` +
    `<graphics type='vnc' port='${port}' autoport='no' listen='127.0.0.1'/>` +
    `<video><model type='vga'/></video></devices></domain>`
  );
}
