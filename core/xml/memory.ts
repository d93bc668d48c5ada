import { err, ok, type Result } from '../lib/result.ts';
import type { XmlElement } from './element.ts';
import { attributeBeside, fault } from './fields.ts';
import { valueAt, withValueAt } from './path.ts';
import type { Field, FieldProblem } from './record.ts';

const KIBIBYTE = 1024n;
const POWERS = 'kmgtpe';

/** The bytes in one of a unit, by libvirt's names, in which case does not matter. */
function unitBytes(unit: string): bigint | undefined {
  const name = unit.trim().toLowerCase();
  if (name === 'b' || name === 'byte' || name === 'bytes') return 1n;
  const power = name === '' ? 0 : POWERS.indexOf(name.charAt(0)) + 1;
  if (power === 0) return undefined;
  const suffix = name.slice(1);
  if (suffix === '' || suffix === 'ib') return 1024n ** BigInt(power);
  return suffix === 'b' ? 1000n ** BigInt(power) : undefined;
}

/**
 * An amount of memory in KiB, whatever unit it is written in; libvirt too rounds up to whole KiB.
 * Writing keeps the unit while it gives the exact amount.
 * See https://libvirt.org/formatdomain.html#memory-allocation
 */
export function memoryKib(path: string): Field<number | undefined> {
  const unitPath = attributeBeside(path, 'unit');
  const read = (element: XmlElement) => {
    const found = valueAt(element, path)?.trim();
    if (found === undefined || found === '') return ok(undefined);
    return decode(found, valueAt(element, unitPath) ?? 'KiB');
  };
  return {
    path,
    read: (element) => {
      const decoded = read(element);
      return decoded.ok ? decoded : fault(path, decoded.error);
    },
    write: (value, element, afterNames) => {
      const old = read(element);
      if (old.ok && old.value === value) return element;
      if (value === undefined) return withValueAt(element, path, undefined, afterNames);
      const isNew = (valueAt(element, path) ?? '') === '';
      const unit = valueAt(element, unitPath) ?? (isNew ? 'KiB' : undefined);
      const { amount, unit: written } = encode(value, unit);
      const sized = withValueAt(element, path, amount, afterNames);
      return withValueAt(sized, unitPath, written);
    },
  };
}

function decode(found: string, unit: string): Result<number, FieldProblem> {
  if (!/^[0-9]{1,20}$/.test(found)) return err({ code: 'not-an-integer', found });
  const bytes = unitBytes(unit);
  if (bytes === undefined) return err({ code: 'unknown-unit', found: unit });
  const kib = (BigInt(found) * bytes + KIBIBYTE - 1n) / KIBIBYTE;
  const max = Number.MAX_SAFE_INTEGER;
  return kib > max ? err({ code: 'out-of-range', found, min: 0, max }) : ok(Number(kib));
}

function encode(kib: number, unit: string | undefined) {
  const bytes = unit === undefined ? KIBIBYTE : unitBytes(unit);
  const wanted = BigInt(kib) * KIBIBYTE;
  if (bytes === undefined || wanted % bytes !== 0n) return { amount: kib.toString(), unit: 'KiB' };
  return { amount: (wanted / bytes).toString(), unit };
}
