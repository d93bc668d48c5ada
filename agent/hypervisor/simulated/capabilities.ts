import { el, type XmlElement } from '../../../core/xml/element.ts';
import { serialize } from '../../../core/xml/write.ts';
import type { NodeInfo } from '../hypervisor.ts';
import { seededRandom } from './random.ts';

const MACHINES = ['pc-i440fx-7.2', 'pc', 'pc-q35-7.2', 'q35', 'microvm'] as const;

/** The capabilities document of a host with QEMU and KVM, see https://libvirt.org/formatcaps.html. */
export function capabilitiesXml(node: NodeInfo, seed: number): string {
  return serialize(
    el('capabilities', {}, [host(node, seed), guest('x86_64', 64), guest('i686', 32)]),
  );
}

function host(node: NodeInfo, seed: number): XmlElement {
  const { sockets, coresPerSocket, threadsPerCore } = node;
  const topology = { sockets, cores: coresPerSocket, threads: threadsPerCore };
  const attributes = Object.entries(topology).map(([name, count]) => [name, String(count)]);
  return el('host', {}, [
    el('uuid', {}, [hostUuid(seed)]),
    el('cpu', {}, [
      el('arch', {}, [node.model]),
      el('model', {}, ['EPYC-Rome']),
      el('vendor', {}, ['AMD']),
      el('topology', Object.fromEntries(attributes) as Record<string, string>),
      el('feature', { name: 'svm' }),
    ]),
    el('power_management', {}, [el('suspend_mem')]),
    el('migration_features', {}, [
      el('live'),
      el('uri_transports', {}, [el('uri_transport', {}, ['tcp'])]),
    ]),
  ]);
}

function guest(arch: string, wordSize: number): XmlElement {
  return el('guest', {}, [
    el('os_type', {}, ['hvm']),
    el('arch', { name: arch }, [
      el('wordsize', {}, [String(wordSize)]),
      el('emulator', {}, ['/usr/bin/qemu-system-x86_64']),
      ...MACHINES.map((machine) => el('machine', { maxCpus: '255' }, [machine])),
      el('domain', { type: 'qemu' }),
      el('domain', { type: 'kvm' }),
    ]),
    el('features', {}, [
      ...(wordSize === 32 ? [el('pae'), el('nonpae')] : []),
      el('acpi', { default: 'on', toggle: 'yes' }),
      el('apic', { default: 'on', toggle: 'no' }),
      el('cpuselection'),
      el('deviceboot'),
      el('disksnapshot', { default: 'on', toggle: 'no' }),
    ]),
  ]);
}

function hostUuid(seed: number): string {
  const random = seededRandom(seed);
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
