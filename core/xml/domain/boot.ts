import { openChoice, required } from '../fields.ts';
import { XmlRecord, type InferRecord } from '../record.ts';

/** A kind of device to boot from. See https://libvirt.org/formatdomain.html#bios-bootloader */
export const bootXml = new XmlRecord('boot', {
  device: required(openChoice('@dev', ['hd', 'cdrom', 'network', 'fd'])),
});
export type Boot = InferRecord<typeof bootXml>;
