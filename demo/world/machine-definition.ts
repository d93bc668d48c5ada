import { el, type XmlElement } from '../../core/xml/element.ts';
import { serialize } from '../../core/xml/write.ts';
import type { Machine } from './world.ts';

function leaf(name: string, text: string): XmlElement {
  return el(name, {}, [text]);
}

function disk(machine: Machine): XmlElement {
  return el('disk', { type: 'file', device: 'disk' }, [
    el('driver', { name: 'qemu', type: 'qcow2' }),
    el('source', { file: `/vm/drives/${machine.uuid}/${machine.name}.qcow2` }),
    el('target', { dev: 'vda', bus: 'virtio' }),
  ]);
}

function networkCard(machine: Machine): XmlElement {
  const tail = machine.uuid.slice(-6).replace(/(..)(..)(..)/, '$1:$2:$3');
  return el('interface', { type: 'network' }, [
    el('mac', { address: `52:54:00:${tail}` }),
    el('source', { network: 'default' }),
    el('model', { type: 'virtio' }),
  ]);
}

function devices(machine: Machine): XmlElement {
  return el('devices', {}, [
    leaf('emulator', '/usr/bin/qemu-system-x86_64'),
    disk(machine),
    networkCard(machine),
    el('serial', { type: 'pty' }, [el('target', { port: '0' })]),
    el('console', { type: 'pty' }, [el('target', { type: 'serial', port: '0' })]),
    el('input', { type: 'tablet', bus: 'usb' }),
    el('graphics', { type: 'vnc', port: '-1', autoport: 'yes', listen: '127.0.0.1' }),
    el('video', {}, [el('model', { type: 'virtio' })]),
  ]);
}

/** The machine's definition, see https://libvirt.org/formatdomain.html. */
export function definitionElement(machine: Machine): XmlElement {
  return el('domain', { type: 'kvm' }, [
    leaf('name', machine.name),
    leaf('uuid', machine.uuid),
    leaf('title', `${machine.operatingSystem}, ${machine.tags.join(', ')}`),
    el('memory', { unit: 'KiB' }, [String(machine.maxMemoryMib * 1024)]),
    el('currentMemory', { unit: 'KiB' }, [String(machine.memoryMib * 1024)]),
    el('vcpu', { placement: 'static', current: String(machine.vcpus) }, [String(machine.maxVcpus)]),
    el('os', {}, [
      el('type', { arch: 'x86_64', machine: 'q35' }, ['hvm']),
      el('boot', { dev: 'hd' }),
    ]),
    el('features', {}, [el('acpi'), el('apic')]),
    leaf('on_poweroff', 'destroy'),
    leaf('on_reboot', 'restart'),
    leaf('on_crash', 'destroy'),
    devices(machine),
  ]);
}

/** The machine's definition as text. */
export function definitionText(machine: Machine): string {
  return serialize(definitionElement(machine));
}
