import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { LibvirtHypervisor } from '../../../../../agent/hypervisor/libvirt/libvirt-hypervisor.ts';
import { ManualTime } from '../../../../support/manual-time.ts';

it('looks for a daemon that is gone again within a second', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'archipel-libvirt-'));
  const socket = path.join(folder, 'libvirt-sock');
  const clock = new ManualTime();
  const hypervisor = new LibvirtHypervisor({
    uri: { name: 'qemu:///session', sockets: [socket] },
    clock,
    onThrown: (cause) => {
      throw cause;
    },
  });
  const first = await hypervisor.connect();
  const daemon = createServer((connection) => connection.destroy()).listen(socket);
  const found = once(daemon, 'connection');
  await clock.pass(1000);
  await found;
  await hypervisor.close();
  daemon.close();
  await rm(folder, { recursive: true });
  expect(first).toMatchObject({ ok: false, error: { code: 'disconnected' } });
});
