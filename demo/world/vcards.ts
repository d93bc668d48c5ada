import { writeVcard } from '../../core/protocol/vcard.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { avatarBase64 } from './avatar.ts';
import type { Host, Machine } from './world.ts';

/** What a machine's agent publishes of it. */
export function machineVcard(machine: Machine, host: Host, organisation: string): XmlElement {
  return writeVcard({
    fullName: machine.name,
    role: 'virtualmachine',
    title: 'Virtual machine (QEMU)',
    organisation,
    unit: machine.unit,
    locality: host.site,
    owner: machine.owner,
    categories: machine.operatingSystem,
    photo: { mime: 'image/png', data: avatarBase64(machine.name) },
  });
}

/** What a hypervisor's agent publishes of it; `owner` is whom its configuration names. */
export function hypervisorVcard(host: Host, organisation: string, owner: string): XmlElement {
  return writeVcard({
    fullName: host.name,
    role: 'hypervisor',
    title: 'Hypervisor (QEMU)',
    organisation,
    unit: 'Infrastructure',
    locality: host.site,
    owner,
    categories: host.tags.join(', '),
    photo: { mime: 'image/png', data: avatarBase64(host.name) },
  });
}
