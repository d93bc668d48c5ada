import { integer, openChoice, required, text } from '../fields.ts';
import { memoryKib } from '../memory.ts';
import { list, nested } from '../nested-fields.ts';
import { XmlRecord, type InferRecord } from '../record.ts';
import { diskXml } from './disk.ts';
import { graphicsXml } from './graphics.ts';
import { interfaceXml } from './interface.ts';
import { maxMemoryXml } from './max-memory.ts';
import { operatingSystemXml } from './operating-system.ts';
import { vcpuXml } from './vcpu.ts';

const ON_END = ['destroy', 'restart', 'preserve', 'rename-restart'] as const;
const ON_CRASH = [...ON_END, 'coredump-destroy', 'coredump-restart'] as const;

/** A guest. See https://libvirt.org/formatdomain.html */
export const domainXml = new XmlRecord('domain', {
  type: required(
    openChoice('@type', ['kvm', 'qemu', 'xen', 'lxc', 'vz', 'openvz', 'vbox', 'vmware', 'hvf']),
  ),
  /** The number of the running guest on its host; undefined while it is off. */
  id: integer('@id'),
  name: required(text('name')),
  uuid: text('uuid'),
  title: text('title'),
  /** May hold XMPP credentials: see credentials.ts. */
  description: text('description'),
  maxMemory: nested('maxMemory', maxMemoryXml),
  memoryKib: memoryKib('memory'),
  /** What the guest has now, at most `memoryKib`; all of it when undefined. */
  currentMemoryKib: memoryKib('currentMemory'),
  vcpu: nested('vcpu', vcpuXml),
  bootloader: text('bootloader'),
  bootloaderArguments: text('bootloader_args'),
  os: nested('os', operatingSystemXml),
  onPoweroff: openChoice('on_poweroff', ON_END),
  onReboot: openChoice('on_reboot', ON_END),
  onCrash: openChoice('on_crash', ON_CRASH),
  onLockFailure: openChoice('on_lockfailure', ['poweroff', 'restart', 'pause', 'ignore']),
  emulator: text('devices/emulator'),
  disks: list('devices/disk', diskXml, (disk) => disk.target),
  interfaces: list('devices/interface', interfaceXml, (card) => card.mac),
  graphics: list('devices/graphics', graphicsXml, (graphics) => graphics.type),
});
export type Domain = InferRecord<typeof domainXml>;
