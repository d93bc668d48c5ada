import { expect, it } from 'vitest';
import type { AppError } from '../../../../core/contract/app-error.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../core/contract/settings.ts';
import { readSettings, SettingsKeeper } from '../../../../client/settings/settings-keeper.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';
import { MemoryStorage } from '../../../support/client-ports.ts';

function keeper(storage: MemoryStorage) {
  const told: Settings[] = [];
  const errors: AppError[] = [];
  const settings = new SettingsKeeper({
    storage,
    changed: (one) => told.push(one),
    failed: (error) => errors.push(error),
  });
  return { settings, told, errors };
}

it('falls back to the default of a damaged field and keeps the others', () => {
  const stored = { theme: 'dark', language: 7, hideOffline: 'yes', developer: true };
  expect(readSettings(stored)).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', developer: true });
});

it('keeps a change from one run to the next', async () => {
  const storage = new MemoryStorage();
  const first = keeper(storage);
  expectOk(await first.settings.change({ theme: 'dark' }));
  const second = keeper(storage);
  await second.settings.load();
  expect([first.told, second.settings.current]).toEqual([
    [{ ...DEFAULT_SETTINGS, theme: 'dark' }],
    { ...DEFAULT_SETTINGS, theme: 'dark' },
  ]);
});

it('says when a change cannot be stored, and uses it all the same', async () => {
  const storage = new MemoryStorage();
  storage.failure = { code: 'storage-unwritable', file: 'settings.json', detail: 'EROFS' };
  const { settings } = keeper(storage);
  const error = expectErr(await settings.change({ theme: 'light' }));
  expect([error.code, settings.current.theme]).toEqual(['storage-unwritable', 'light']);
});
