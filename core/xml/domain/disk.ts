import { choice, flag, integer, openChoice, required, text } from '../fields.ts';
import { XmlRecord, type InferRecord } from '../record.ts';

/** A guest's disk. See https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms */
export const diskXml = new XmlRecord('disk', {
  type: required(
    openChoice('@type', ['file', 'block', 'dir', 'network', 'volume', 'nvme', 'vhostuser']),
  ),
  device: openChoice('@device', ['disk', 'cdrom', 'floppy', 'lun']),
  driverName: openChoice('driver/@name', ['qemu', 'phy', 'tap', 'tap2', 'file']),
  driverType: openChoice('driver/@type', ['raw', 'qcow2', 'qcow', 'cow', 'vmdk', 'aio']),
  cache: openChoice('driver/@cache', [
    'default',
    'none',
    'writethrough',
    'writeback',
    'directsync',
    'unsafe',
  ]),
  io: openChoice('driver/@io', ['native', 'threads', 'io_uring']),
  discard: openChoice('driver/@discard', ['unmap', 'ignore']),
  /** The path on the host, for the type `file`. */
  sourceFile: text('source/@file'),
  /** The device on the host, for the type `block`. */
  sourceDevice: text('source/@dev'),
  /** The folder on the host, for the type `dir`. */
  sourceDirectory: text('source/@dir'),
  sourcePool: text('source/@pool'),
  sourceVolume: text('source/@volume'),
  sourceProtocol: openChoice('source/@protocol', [
    'nbd',
    'iscsi',
    'rbd',
    'sheepdog',
    'gluster',
    'http',
    'https',
    'nfs',
    'ssh',
  ]),
  sourceName: text('source/@name'),
  /** The device name the guest's firmware sees: `vda`. */
  target: text('target/@dev'),
  bus: openChoice('target/@bus', ['virtio', 'sata', 'scsi', 'ide', 'usb', 'fdc', 'xen', 'sd']),
  tray: choice('target/@tray', ['closed', 'open'], 'closed'),
  serial: text('serial'),
  /** The place in the order devices are booted from, from 1. */
  bootOrder: integer('boot/@order', { min: 1 }),
  isReadOnly: flag('readonly'),
  isShareable: flag('shareable'),
  isTransient: flag('transient'),
});
export type Disk = InferRecord<typeof diskXml>;
