import { GuestKeyboard } from '../../core/contract/typing.ts';
import type { Storage, StoredFile } from '../ports.ts';
import { ChoicesByMachine } from './choices-by-machine.ts';

const FILE: StoredFile = { format: 'guest-keyboards', version: 1 };

/** What the user chose for the keyboards of guests. */
export class GuestKeyboards extends ChoicesByMachine<GuestKeyboard> {
  constructor(storage: Pick<Storage, 'load' | 'save'>) {
    super(storage, FILE, GuestKeyboard);
  }
}
