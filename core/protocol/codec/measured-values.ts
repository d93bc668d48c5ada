import { err, ok } from '../../lib/result.ts';
import { isUuid } from '../../domain/uuid.ts';
import type { ValueCodec } from './value.ts';

/** The most values of one text; more is refused before anything is split. */
const MOST_VALUES = 10_000;
const LONGEST = MOST_VALUES * 20;
const GAP = '-';
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Numbers with commas between them; a dash is a gap. */
export function measured(): ValueCodec<readonly (number | null)[]> {
  const samples = [[], [null], [12.5, null, 0], [null, null], [1, 2]];
  return {
    shape: { type: 'special', name: 'numbers with commas, `-` where none was taken', samples },
    read: (given) => {
      const trimmed = given.trim();
      if (trimmed === '') return ok([]);
      if (trimmed.length > LONGEST) return err('out-of-range');
      const texts = trimmed.split(',');
      if (texts.length > MOST_VALUES) return err('out-of-range');
      if (texts.some((one) => one !== GAP && !NUMBER.test(one))) return err('not-a-number');
      return ok(texts.map((one) => (one === GAP ? null : Number(one))));
    },
    write: (values) => values.map((one) => (one === null ? GAP : String(one))).join(','),
  };
}

/** Which machines are meant: all, or those of these UUIDs. */
export type MachineChoice = 'all' | readonly string[];

/** What one subscription can name of machines, unless it is for all. */
export const MOST_MACHINES = 1000;

/** UUIDs with commas between them, 1,000 at most, or `*` for every machine. */
export function machineChoice(): ValueCodec<MachineChoice> {
  const samples = ['all', [], ['0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41']];
  return {
    shape: { type: 'special', name: 'UUIDs with commas, 1,000 at most, or `*` for all', samples },
    read: (given) => {
      const text = given.trim().toLowerCase();
      if (text === '*') return ok('all');
      if (text === '') return ok([]);
      const uuids = text.slice(0, 40 * (MOST_MACHINES + 1)).split(',');
      if (uuids.length > MOST_MACHINES) return err('out-of-range');
      return uuids.every(isUuid) ? ok([...new Set(uuids)]) : err('not-a-uuid');
    },
    write: (choice) => (choice === 'all' ? '*' : choice.join(',')),
  };
}
