import { integer, openChoice, text, yesNo } from '../fields.ts';
import { list } from '../nested-fields.ts';
import { XmlRecord, type InferRecord } from '../record.ts';
import { bootXml } from './boot.ts';

/** How a guest boots. See https://libvirt.org/formatdomain.html#operating-system-booting */
export const operatingSystemXml = new XmlRecord('os', {
  firmware: openChoice('@firmware', ['bios', 'efi']),
  type: openChoice('type', ['hvm', 'linux', 'xen', 'xenpvh', 'exe', 'uml']),
  architecture: text('type/@arch'),
  machine: text('type/@machine'),
  loader: text('loader'),
  nvram: text('nvram'),
  kernel: text('kernel'),
  initrd: text('initrd'),
  commandLine: text('cmdline'),
  /** The first process of a container. */
  init: text('init'),
  boot: list('boot', bootXml, (boot) => boot.device),
  hasBootMenu: yesNo('bootmenu/@enable'),
  bootMenuTimeoutMs: integer('bootmenu/@timeout', { min: 0, max: 65_535 }),
});
export type OperatingSystem = InferRecord<typeof operatingSystemXml>;
