import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { LogBook } from '../../../../agent/log/log-book.ts';
import { loggerFor } from '../../../../agent/log/logger.ts';
import { MemoryStore } from '../../../../agent/store/agent-store.ts';
import { importOriginal } from '../../../../agent/store/import-original.ts';
import { expectOk } from '../../../support/expect-result.ts';
import { testConfiguration } from '../test-agent.ts';

const UUID = '11111111-2222-4333-8444-555555555555';
const BOB = 'bob@agent.test' as BareJid;
const EVE = 'eve@agent.test' as BareJid;

const PERMISSIONS = `
  CREATE TABLE users (name VARCHAR PRIMARY KEY);
  CREATE TABLE permissions (name VARCHAR PRIMARY KEY, description VARCHAR, "defaultValue" INTEGER);
  CREATE TABLE users_have_permissions (user VARCHAR, permission VARCHAR);
  INSERT INTO users VALUES ('Bob@agent.test'), ('eve@agent.test');
  INSERT INTO users_have_permissions VALUES ('Bob@agent.test', 'info'), ('Bob@agent.test', 'create');
`;

async function database(sql: string): Promise<Uint8Array> {
  const { Database } = await initSqlJs();
  const made = new Database();
  made.run(sql);
  return made.export();
}

describe('the import of an original agent', () => {
  let folder: string;
  const book = new LogBook();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archipel-import-'));
    await mkdir(join(folder, 'data', 'drives', UUID), { recursive: true });
    await mkdir(join(folder, 'lib'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const run = async (store: MemoryStore): Promise<void> => {
    const { values } = testConfiguration(
      `[DEFAULT]\narchipel_folder_lib = ${folder}/lib\narchipel_folder_data = ${folder}/data`,
    );
    const logger = loggerFor('test', 'debug', (line) => book.add(line));
    await importOriginal({ values, store, logger, now: () => new Date(0) });
  };

  it('takes machines and permissions once, and keeps what came later', async () => {
    const machines = `
      CREATE TABLE virtualmachines (jid text, password text, creation_date date, comment text, name text);
      INSERT INTO virtualmachines VALUES
        ('${UUID}@agent.test', 'old secret', '2015-03-24 10:28:00.123456', '', 'web01');`;
    await writeFile(join(folder, 'lib', 'hypervisor.sqlite3'), await database(machines));
    await writeFile(join(folder, 'lib', 'permissions.sqlite3'), await database(PERMISSIONS));
    const own = join(folder, 'data', 'drives', UUID, 'permissions.sqlite3');
    await writeFile(own, await database(PERMISSIONS));
    const store = new MemoryStore();
    await run(store);
    const [record, ...others] = expectOk(await store.machines.load())!;
    expect(others).toEqual([]);
    expect(record).toMatchObject({ uuid: UUID, name: 'web01', password: 'old secret', tags: [] });
    expect(new Date(record!.createdAt).getFullYear()).toBe(2015);
    const grants = { [BOB]: ['info', 'create'], [EVE]: [] };
    expect(expectOk(await store.grants('hypervisor').load())).toEqual(grants);
    expect(expectOk(await store.grants(UUID).load())).toEqual(grants);

    await store.machines.save([]);
    await store.grants('hypervisor').save({});
    await run(store);
    expect(expectOk(await store.machines.load())).toEqual([]);
    expect(expectOk(await store.grants('hypervisor').load())).toEqual({});
  });

  it('says which database it cannot read, and tries it again at the next start', async () => {
    await writeFile(join(folder, 'lib', 'hypervisor.sqlite3'), 'no database at all');
    const store = new MemoryStore();
    await run(store);
    expect((await book.last(1))[0]).toContain('hypervisor.sqlite3: file is not a database');
    expect(expectOk(await store.imports.load())).toBe(undefined);
  });
});
