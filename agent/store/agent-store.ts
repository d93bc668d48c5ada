import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { SnapshotFile } from '../../node/storage/snapshot-file.ts';
import type { StorageFault, StoredFormat } from '../../node/storage/stored-format.ts';
import { OrdersFile, OrdersInMemory, type KeptOrders } from './kept-orders.ts';

/** To whom a virtual machine belongs, as its vCard says. */
export const Organisation = v.strictObject({
  organisation: v.string(),
  unit: v.string(),
  locality: v.string(),
  owner: v.string(),
  categories: v.string(),
});
export type Organisation = v.InferOutput<typeof Organisation>;

/** A virtual machine that this hypervisor manages. The file that holds them is for its owner alone. */
export const MachineRecord = v.strictObject({
  uuid: v.string(),
  name: v.string(),
  password: v.string(),
  /** ISO 8601. */
  createdAt: v.string(),
  organisation: Organisation,
  /** Who asked for it and is to be asked to become its contact when it first comes online. */
  requester: v.optional(BareJid),
  tags: v.array(v.string()),
  /** File name of the picture it wears; the configured one when absent. */
  avatar: v.optional(v.string()),
});
export type MachineRecord = v.InferOutput<typeof MachineRecord>;

/** What the hypervisor's own entity was given by its users. */
export const HypervisorRecord = v.strictObject({
  tags: v.array(v.string()),
  avatar: v.optional(v.string()),
});
export type HypervisorRecord = v.InferOutput<typeof HypervisorRecord>;

/** The databases of an original agent that were imported, by path, so that it happens once. */
export const Imports = v.array(v.string());
export type Imports = readonly string[];

/** The names of permissions granted to each user; a user without any grant left is still one. */
export const Grants = v.record(BareJid, v.array(v.string()));
export type Grants = Readonly<Record<BareJid, readonly string[]>>;

/** A key and a certificate of the agent's own, in PEM. */
export const OwnCertificate = v.strictObject({ certificatePem: v.string(), keyPem: v.string() });
export type OwnCertificate = Readonly<v.InferOutput<typeof OwnCertificate>>;

/** One value that outlives the agent. */
export interface KeptValue<T> {
  load(): Promise<Result<T | undefined, StorageFault>>;
  save(value: T): Promise<Result<undefined, StorageFault>>;
}

/** Everything the agent keeps. An entity's grants and orders are kept by its UUID, the hypervisor's by `hypervisor`. */
export interface AgentStore {
  readonly machines: KeptValue<readonly MachineRecord[]>;
  readonly hypervisor: KeptValue<HypervisorRecord>;
  readonly imports: KeptValue<Imports>;
  /** What screens are served with where the configuration has no certificate. */
  readonly certificate: KeptValue<OwnCertificate>;
  grants(entity: string): KeptValue<Grants>;
  /** What became of the orders that reached an entity. */
  orders(entity: string): KeptOrders;
  /** Lets go of the grants and orders of an entity that is no more. */
  forget(entity: string): Promise<void>;
}

const MACHINES: StoredFormat<readonly MachineRecord[]> = {
  format: 'archipel-agent-machines',
  version: 1,
  schema: v.array(MachineRecord),
  migrations: {},
};

const HYPERVISOR: StoredFormat<HypervisorRecord> = {
  format: 'archipel-agent-hypervisor',
  version: 1,
  schema: HypervisorRecord,
  migrations: {},
};

const IMPORTS: StoredFormat<Imports> = {
  format: 'archipel-agent-imports',
  version: 1,
  schema: Imports,
  migrations: {},
};

const CERTIFICATE: StoredFormat<OwnCertificate> = {
  format: 'archipel-agent-certificate',
  version: 1,
  schema: OwnCertificate,
  migrations: {},
};

const GRANTS: StoredFormat<Grants> = {
  format: 'archipel-agent-grants',
  version: 1,
  schema: Grants,
  migrations: {},
};

/** The agent's own files in a folder. */
export class FolderStore implements AgentStore {
  readonly machines: KeptValue<readonly MachineRecord[]>;
  readonly hypervisor: KeptValue<HypervisorRecord>;
  readonly imports: KeptValue<Imports>;
  readonly certificate: KeptValue<OwnCertificate>;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.machines = new SnapshotFile(join(folder, 'machines.json'), MACHINES);
    this.hypervisor = new SnapshotFile(join(folder, 'hypervisor.json'), HYPERVISOR);
    this.imports = new SnapshotFile(join(folder, 'imports.json'), IMPORTS);
    this.certificate = new SnapshotFile(join(folder, 'certificate.json'), CERTIFICATE);
  }

  grants(entity: string): KeptValue<Grants> {
    return new SnapshotFile(this.#grantsPath(entity), GRANTS);
  }

  orders(entity: string): KeptOrders {
    return new OrdersFile(this.#ordersPath(entity));
  }

  async forget(entity: string): Promise<void> {
    for (const path of [this.#grantsPath(entity), this.#ordersPath(entity)]) {
      await rm(path, { force: true });
    }
  }

  #grantsPath(entity: string): string {
    return join(this.#folder, 'grants', `${entity}.json`);
  }

  #ordersPath(entity: string): string {
    return join(this.#folder, 'orders', `${entity}.log`);
  }
}

class MemoryValue<T> implements KeptValue<T> {
  #value: T | undefined;

  async load(): Promise<Result<T | undefined, StorageFault>> {
    return ok(this.#value);
  }

  async save(value: T): Promise<Result<undefined, StorageFault>> {
    this.#value = value;
    return ok(undefined);
  }
}

/** A store that is gone with the process, for platforms that live as long as it. */
export class MemoryStore implements AgentStore {
  readonly machines: KeptValue<readonly MachineRecord[]> = new MemoryValue();
  readonly hypervisor: KeptValue<HypervisorRecord> = new MemoryValue();
  readonly imports: KeptValue<Imports> = new MemoryValue();
  readonly certificate: KeptValue<OwnCertificate> = new MemoryValue();
  readonly #grants = new Map<string, KeptValue<Grants>>();
  readonly #orders = new Map<string, KeptOrders>();

  grants(entity: string): KeptValue<Grants> {
    const known = this.#grants.get(entity);
    if (known) return known;
    const value = new MemoryValue<Grants>();
    this.#grants.set(entity, value);
    return value;
  }

  orders(entity: string): KeptOrders {
    const known = this.#orders.get(entity);
    if (known) return known;
    const value = new OrdersInMemory();
    this.#orders.set(entity, value);
    return value;
  }

  async forget(entity: string): Promise<void> {
    this.#grants.delete(entity);
    this.#orders.delete(entity);
  }
}
