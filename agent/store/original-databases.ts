import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parseJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Grants } from './agent-store.ts';

/** A virtual machine in the database of an original agent. */
export interface OriginalMachine {
  readonly uuid: string;
  readonly name: string;
  readonly password: string;
  /** Local time of that agent, as it wrote it. */
  readonly createdAt: string;
}

const MachineRow = v.tuple([
  v.string(),
  v.string(),
  v.nullable(v.string()),
  v.nullable(v.string()),
]);
const UserRow = v.tuple([v.string()]);
const GrantRow = v.tuple([v.string(), v.string()]);

/** The machines of an original agent; undefined when there is no such file, a reason when it cannot be read. */
export async function readMachines(
  path: string,
): Promise<Result<readonly OriginalMachine[] | undefined, string>> {
  const rows = await query(path, {
    machines: 'SELECT jid, password, creation_date, name FROM virtualmachines',
  });
  if (!rows.ok) return rows;
  if (!rows.value) return ok(undefined);
  const parsed = v.safeParse(v.array(MachineRow), rows.value['machines']);
  if (!parsed.success) return err(`${path}: ${v.summarize(parsed.issues)}`);
  const machines = parsed.output.flatMap(([jid, password, createdAt, name]) => {
    const uuid = parseJid(jid)?.node;
    if (uuid === undefined) return [];
    return [{ uuid, name: name ?? uuid, password, createdAt: createdAt ?? '' }];
  });
  return ok(machines);
}

/** The grants of an original agent's entity; a user without any is kept, because defaults do not hold for it. */
export async function readGrants(path: string): Promise<Result<Grants | undefined, string>> {
  const rows = await query(path, {
    users: 'SELECT name FROM users',
    grants: 'SELECT user, permission FROM users_have_permissions',
  });
  if (!rows.ok) return rows;
  if (!rows.value) return ok(undefined);
  const users = v.safeParse(v.array(UserRow), rows.value['users']);
  const granted = v.safeParse(v.array(GrantRow), rows.value['grants']);
  if (!users.success || !granted.success) return err(`${path}: rows that nobody understands`);
  const grants = new Map<string, string[]>();
  for (const [user] of users.output) grants.set(bareOf(user), []);
  for (const [user, name] of granted.output) {
    grants.set(bareOf(user), [...(grants.get(bareOf(user)) ?? []), name]);
  }
  return ok(Object.fromEntries(grants));
}

function bareOf(user: string): string {
  return parseJid(user)?.bare ?? user.toLowerCase();
}

type Rows = Readonly<Record<string, readonly unknown[]>>;

/** The rows of each query; undefined when there is no such file. */
async function query(
  path: string,
  queries: Readonly<Record<string, string>>,
): Promise<Result<Rows | undefined, string>> {
  try {
    const bytes = await readFile(path);
    // Only who comes from an original agent needs it, so it is loaded only then.
    const { default: load } = await import('sql.js');
    const { Database } = await load();
    const database = new Database(bytes);
    try {
      const found = Object.entries(queries).map(([name, sql]): [string, readonly unknown[]] => {
        return [name, database.exec(sql)[0]?.values ?? []];
      });
      return ok(Object.fromEntries(found));
    } finally {
      database.close();
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ok(undefined);
    return err(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
