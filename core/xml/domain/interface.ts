import { choice, integer, openChoice, required, text } from '../fields.ts';
import { XmlRecord, type InferRecord } from '../record.ts';

/** A guest's network card. See https://libvirt.org/formatdomain.html#network-interfaces */
export const interfaceXml = new XmlRecord('interface', {
  type: required(
    openChoice('@type', ['network', 'bridge', 'user', 'direct', 'ethernet', 'hostdev', 'vdpa']),
  ),
  mac: text('mac/@address'),
  sourceNetwork: text('source/@network'),
  sourceBridge: text('source/@bridge'),
  /** The card of the host, for the type `direct`. */
  sourceDevice: text('source/@dev'),
  sourceMode: openChoice('source/@mode', ['vepa', 'bridge', 'private', 'passthrough']),
  model: openChoice('model/@type', [
    'virtio',
    'e1000e',
    'e1000',
    'rtl8139',
    'vmxnet3',
    'pcnet',
    'ne2k_pci',
    'ne2k_isa',
    'i82551',
    'i82557b',
    'i82559er',
  ]),
  /** The name of the card on the host: `vnet0`. */
  target: text('target/@dev'),
  virtualPort: openChoice('virtualport/@type', ['openvswitch', '802.1Qbg', '802.1Qbh', 'midonet']),
  filter: text('filterref/@filter'),
  link: choice('link/@state', ['up', 'down'], 'up'),
  /** The place in the order devices are booted from, from 1. */
  bootOrder: integer('boot/@order', { min: 1 }),
});
export type Interface = InferRecord<typeof interfaceXml>;
