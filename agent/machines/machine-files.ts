import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid } from '../../core/domain/uuid.ts';

/** The files of virtual machines, a folder each. */
export interface MachineFiles {
  create(uuid: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  remove(uuid: string): Promise<void>;
  /** Keeps a definition that the hypervisor will not take back; the path of its file. */
  keepDefinition(uuid: string, text: string): Promise<string>;
}

/** Folders below one base folder, named by UUID. */
export class MachineFolders implements MachineFiles {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  async create(uuid: string): Promise<void> {
    await mkdir(this.#path(uuid), { recursive: true, mode: 0o750 });
  }

  async copy(from: string, to: string): Promise<void> {
    await this.create(from);
    await cp(this.#path(from), this.#path(to), { recursive: true, errorOnExist: false });
  }

  async remove(uuid: string): Promise<void> {
    await rm(this.#path(uuid), { recursive: true, force: true });
  }

  async keepDefinition(uuid: string, text: string): Promise<string> {
    await this.create(uuid);
    const path = join(this.#path(uuid), 'lost-definition.xml');
    // A definition can hold the password of a screen.
    await writeFile(path, text, { mode: 0o600 });
    return path;
  }

  #path(uuid: string): string {
    // Never a way out of the base folder, whatever was asked for.
    if (!isUuid(uuid)) throw new Error(`No UUID: ${uuid}`);
    return join(this.#base, uuid);
  }
}

/** Virtual machines that have no files, as simulated ones. */
export const noFiles: MachineFiles = {
  create: async () => undefined,
  copy: async () => undefined,
  remove: async () => undefined,
  keepDefinition: async () => {
    throw new Error('there is no folder to keep it in');
  },
};
