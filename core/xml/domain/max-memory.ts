import { integer } from '../fields.ts';
import { memoryKib } from '../memory.ts';
import { XmlRecord, type InferRecord } from '../record.ts';

/** Room for memory to be plugged in. See https://libvirt.org/formatdomain.html#memory-allocation */
export const maxMemoryXml = new XmlRecord('maxMemory', {
  sizeKib: memoryKib('.'),
  slots: integer('@slots', { min: 0 }),
});
export type MaxMemory = InferRecord<typeof maxMemoryXml>;
