import { join } from 'node:path';
import type { Values } from '../configuration/configuration.ts';
import type { Logger } from '../log/logger.ts';
import { moduleSettings } from '../modules/module-context.ts';
import type { AgentStore, MachineRecord } from './agent-store.ts';
import { readGrants, readMachines } from './original-databases.ts';

export interface ImportOptions {
  readonly values: Values;
  readonly store: AgentStore;
  readonly logger: Logger;
  readonly now: () => Date;
}

/**
 * Takes over the machines and permissions of an original agent, each database once. What this agent
 * already keeps is never replaced. The databases themselves stay as they are.
 */
export async function importOriginal(options: ImportOptions): Promise<void> {
  const { store, values, logger } = options;
  const known = await store.imports.load();
  if (!known.ok) {
    logger.error(`IMPORT nothing: ${known.error.code} ${known.error.file}`);
    return;
  }
  const done = new Set(known.value ?? []);
  const before = done.size;
  await importMachines(options, done);
  const hypervisor = values.HYPERVISOR.hypervisor_permissions_database_path;
  await importGrants(options, done, hypervisor, 'hypervisor');
  const machines = await store.machines.load();
  for (const { uuid } of (machines.ok ? machines.value : undefined) ?? []) {
    await importGrants(options, done, permissionPath(values, uuid), uuid);
  }
  if (done.size === before) return;
  const saved = await store.imports.save([...done]);
  if (!saved.ok) logger.error(`IMPORT cannot be recorded: ${saved.error.file}`);
}

function permissionPath({ VIRTUALMACHINE }: Values, uuid: string): string {
  const { vm_perm_path: own, vm_base_path: base } = VIRTUALMACHINE;
  return join(own ?? base, uuid, VIRTUALMACHINE.vm_permissions_database_path);
}

async function importMachines(options: ImportOptions, done: Set<string>): Promise<void> {
  const { values, store, logger, now } = options;
  const path = values.HYPERVISOR.hypervisor_database_path;
  if (done.has(path)) return;
  const [found, kept] = [await readMachines(path), await store.machines.load()];
  if (!found.ok) logger.error(`IMPORT ${found.error}`);
  if (!found.ok || !found.value || !kept.ok) return;
  const records = kept.value ?? [];
  const fresh = found.value.filter(({ uuid }) => !records.some((one) => one.uuid === uuid));
  const { organisation } = moduleSettings(values, []);
  const imported = fresh.map((machine): MachineRecord => {
    const created = new Date(machine.createdAt);
    const createdAt = Number.isNaN(created.getTime()) ? now() : created;
    return { ...machine, createdAt: createdAt.toISOString(), organisation, tags: [] };
  });
  const saved = await store.machines.save([...records, ...imported]);
  if (!saved.ok) {
    logger.error(`IMPORT ${saved.error.code}: ${saved.error.file}`);
    return;
  }
  logger.info(`IMPORT ${imported.length} virtual machines from ${path}`);
  done.add(path);
}

async function importGrants(
  { store, logger }: ImportOptions,
  done: Set<string>,
  path: string,
  entity: string,
): Promise<void> {
  if (done.has(path)) return;
  const found = await readGrants(path);
  if (!found.ok) logger.error(`IMPORT ${found.error}`);
  if (!found.ok || !found.value) return;
  const kept = store.grants(entity);
  const own = await kept.load();
  if (!own.ok) return;
  const saved = await kept.save({ ...found.value, ...own.value });
  if (!saved.ok) {
    logger.error(`IMPORT ${saved.error.code}: ${saved.error.file}`);
    return;
  }
  logger.info(`IMPORT the permissions of ${Object.keys(found.value).length} users from ${path}`);
  done.add(path);
}
