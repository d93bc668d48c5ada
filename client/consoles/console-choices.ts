import { ConsoleSettings } from '../../core/domain/console-settings.ts';
import type { Storage, StoredFile } from '../ports.ts';
import { ChoicesByMachine } from './choices-by-machine.ts';

const FILE: StoredFile = { format: 'console-settings', version: 1 };

/** What the user chose for the consoles of machines. */
export class ConsoleChoices extends ChoicesByMachine<ConsoleSettings> {
  constructor(storage: Pick<Storage, 'load' | 'save'>) {
    super(storage, FILE, ConsoleSettings);
  }
}
