import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  readWorkspaceFile,
  writeWorkspaceFile,
} from '../../../../main/workspaces/workspace-file.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'archipel-workspace-'));
  file = path.join(folder, 'desk.json');
});
afterEach(() => rm(folder, { recursive: true }));

it('is read as it was written', async () => {
  const windows = [{ id: 'one', panels: [], hasRoster: true }];
  expectOk(await writeWorkspaceFile(file, 'Desk', windows, []));
  expect(expectOk(await readWorkspaceFile(file))).toEqual({ name: 'Desk', windows, displays: [] });
});

it.each([
  ['that has no end', async () => truncate(file, 1_000_000_000), 'longer than 8388608 bytes'],
  ['that is a folder', async () => (file = folder), 'no file'],
  ['that is none of ours', async () => writeFile(file, '{"format":"other"}'), 'header'],
  [
    'whose parts are others',
    async () => {
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replaceAll('"windows": []', '"windows": 1, "displays": 2'));
    },
    'desk.json: windows is missing or damaged',
  ],
])('is refused where it is one %s', async (_which, make, detail) => {
  expectOk(await writeWorkspaceFile(file, 'Desk', [], []));
  await make();
  expect(expectErr(await readWorkspaceFile(file))).toEqual({
    ...{ code: 'invalid-input', detail: expect.stringContaining(detail) as string },
  });
});
