import { ALL_ACTIONS } from '../../core/protocol/all-actions.ts';
import { avatar, permissions, subscription, tags } from './entity-evidence.ts';
import type { Evidence, EvidenceTable } from './evidence.ts';
import { hypervisor } from './hypervisor-evidence.ts';
import { consoleEvidence, definition, definitionTextEvidence, vm } from './machine-evidence.ts';
import { users } from './user-evidence.ts';

const EVIDENCE: EvidenceTable = {
  hypervisor,
  vm,
  definition,
  'definition-text': definitionTextEvidence,
  permissions,
  subscription,
  tags,
  avatar,
  console: consoleEvidence,
  users,
};

type AnyTable = Readonly<Record<string, Readonly<Record<string, Evidence<unknown>>> | undefined>>;

/** How the outcome of an order is found out; undefined for an action of an older or newer version. */
export function evidenceFor(namespace: string, name: string): Evidence<unknown> | undefined {
  const listed = ALL_ACTIONS.find(
    ({ action }) => action.namespace === namespace && action.name === name,
  );
  const table: AnyTable = EVIDENCE;
  return listed && table[listed.module]?.[name];
}
