import { integer, openChoice, text } from '../fields.ts';
import { XmlRecord, type InferRecord } from '../record.ts';

/** How many processors a guest has. See https://libvirt.org/formatdomain.html#cpu-allocation */
export const vcpuXml = new XmlRecord('vcpu', {
  /** The most there can be until the guest is next started. */
  maximum: integer('.', { min: 1 }),
  /** How many are plugged in; all when undefined. */
  current: integer('@current', { min: 1 }),
  placement: openChoice('@placement', ['static', 'auto']),
  /** The host's processors it may run on: `1-4,^3,6`. */
  cpuset: text('@cpuset'),
});
export type Vcpu = InferRecord<typeof vcpuXml>;
