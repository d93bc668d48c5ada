import type { TestLibvirtd } from '../../test/support/libvirtd.ts';

/** How many virsh starts in one go, well within the time that it may take. */
const AT_ONCE = 10;
const MIB = 1024 ** 2;

/** Starts guests of QEMU that never run, so that what is measured is not their processor time. */
export async function startPausedGuests(daemon: TestLibvirtd, count: number): Promise<void> {
  const disk = await daemon.file('disk.img', new Uint8Array(MIB));
  for (let at = 0; at < count; at += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, step) => at + step);
    const files = await Promise.all(
      numbers.map((number) => daemon.file(`reef-${number}.xml`, definition(number, disk))),
    );
    const orders = files.map((file) => `create ${file} --paused`);
    await daemon.virsh(daemon.qemuUri, orders.join('; '));
  }
}

function definition(number: number, disk: string): string {
  return `<domain type='qemu'><name>reef-${number}</name><memory unit='MiB'>16</memory>
    <vcpu>2</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>
    <devices>
      <disk type='file' device='disk'>
        <driver name='qemu' type='raw'/><source file='${disk}'/>
        <target dev='vda' bus='virtio'/><readonly/>
      </disk>
      <interface type='user'><model type='virtio'/></interface>
    </devices></domain>`;
}
