import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redactData } from '../../../client/redaction.ts';
import { DEFAULT_SETTINGS } from '../../../core/contract/settings.ts';
import { ProfileStorage } from '../../../node/storage/profile-storage.ts';
import { jid } from '../../unit/client/application-fixture.ts';
import { ApplicationOnServer } from './application-on-server.ts';

const NOBODY = 65_534;
const ADA = jid('ada@faults.test');

let folder: string;
let on: ApplicationOnServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipel-faults-'));
  on = new ApplicationOnServer(new ProfileStorage(folder, redactData));
});

afterEach(async () => {
  await on.application.stop();
  await rm(folder, { recursive: true, force: true });
  expect(on.bugs).toEqual([]);
});

function file(name: string): string {
  return join(folder, name);
}

async function notices(): Promise<readonly unknown[]> {
  const { notices: board } = on.application.handlers;
  const list = await board.list(undefined, { windowId: 1 });
  return list.ok ? list.value.map(({ level, title, hint }) => ({ level, title, hint })) : [];
}

describe('the client at start', () => {
  it('goes on with defaults where settings are damaged, says so, and keeps the file aside', async () => {
    await writeFile(file('settings.json'), '{"format":"settings","vers');
    await on.application.start();
    const changed = await on.application.settings.change({ theme: 'dark' });
    expect({
      notices: await notices(),
      aside: await readFile(file('settings.json.damaged'), 'utf8'),
      changed,
    }).toEqual({
      notices: [
        {
          level: 'error',
          title: `${file('settings.json')} is damaged.`,
          hint: expect.stringMatching(
            /^It is kept aside, and Archipel goes on without it \(.+\)\.$/,
          ) as string,
        },
      ],
      aside: '{"format":"settings","vers',
      changed: { ok: true, value: { ...DEFAULT_SETTINGS, theme: 'dark' } },
    });
  });

  it.each(['inventory.json', 'vcards.json', 'agents.json'])(
    'goes on without a damaged cache: %s',
    async (name) => {
      await writeFile(file(name), '\u0000\u0000\u0000');
      await on.application.start();
      expect({
        notices: await notices(),
        entities: on.application.inventory.snapshot().entities,
        files: await readdir(folder),
      }).toEqual({
        notices: [
          {
            level: 'error',
            title: `${file(name)} is damaged.`,
            hint: expect.stringMatching(
              /^It is kept aside, and Archipel goes on without it \(.+\)\.$/,
            ) as string,
          },
        ],
        entities: [],
        files: expect.arrayContaining([`${name}.damaged`]) as string[],
      });
    },
  );

  it.each(['settings.json', 'accounts.json', 'inventory.json'])(
    'leaves a file of a newer version as it is: %s',
    async (name) => {
      const format = name.replace('.json', '');
      const text = JSON.stringify({ format, version: 7, value: { moons: 4 } });
      await writeFile(file(name), text);
      await on.application.start();
      await on.application.settings.change({ theme: 'dark' });
      const settings = { jid: ADA, resource: '', connectAtStart: false, rememberPassword: false };
      await on.application.accounts.add(settings, undefined);
      await on.application.stop();
      const [first] = await notices();
      expect({ first, text: await readFile(file(name), 'utf8') }).toEqual({
        first: {
          level: 'error',
          title: `${file(name)} was written by a newer Archipel (format 7).`,
          hint: 'It is left untouched. Install the newer version, or start with another profile.',
        },
        text,
      });
    },
  );
});

describe.runIf(process.platform !== 'win32')('a profile folder that cannot be written', () => {
  beforeEach(async () => {
    await mkdir(file('profile'));
    await chmod(file('profile'), 0o555);
    await chmod(folder, 0o755);
    on = new ApplicationOnServer(new ProfileStorage(file('profile'), redactData));
    // Modes do not bind root.
    if (process.getuid?.() === 0) process.seteuid?.(NOBODY);
  });

  afterEach(() => {
    if (process.getuid?.() === 0) process.seteuid?.(0);
  });

  it('is told of, and what was changed lasts until the end', async () => {
    await on.application.start();
    const path = join(file('profile'), 'settings.json');
    expect({
      changed: await on.application.settings.change({ theme: 'dark' }),
      theme: on.application.settings.current.theme,
      notices: await notices(),
      files: await readdir(file('profile')),
    }).toEqual({
      changed: {
        ok: false,
        error: {
          code: 'storage-unwritable',
          file: path,
          detail: expect.stringContaining('EACCES') as string,
        },
      },
      theme: 'dark',
      notices: [
        {
          level: 'error',
          title: `${path} cannot be written.`,
          hint: expect.stringMatching(
            /^Changes last until Archipel ends\. Check the folder’s rights and the disk \(EACCES: .+\)\.$/,
          ) as string,
        },
      ],
      files: [],
    });
  });
});
