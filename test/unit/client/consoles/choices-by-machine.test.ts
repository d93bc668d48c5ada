import { expect, it } from 'vitest';
import { ConsoleChoices } from '../../../../client/consoles/console-choices.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';
import { MemoryStorage } from '../../../support/client-ports.ts';

const [one, other] = [fakeId('web-01@archipel.test'), fakeId('web-02@archipel.test')];

it('forgets a choice that is damaged in the file, and no other', async () => {
  const storage = new MemoryStorage();
  const kept = { [one]: { quality: 'sharpest' }, [other]: { resizesGuest: true } };
  storage.files.set('console-settings', JSON.stringify(kept));
  const choices = new ConsoleChoices(storage);
  expect([await choices.of(one), await choices.of(other)]).toEqual([{}, { resizesGuest: true }]);
});

it('counts for this run where it cannot be stored', async () => {
  const storage = new MemoryStorage();
  const choices = new ConsoleChoices(storage);
  await choices.of(one);
  storage.failure = { code: 'storage-unwritable', file: 'console-settings.json', detail: 'full' };
  expect(await choices.remember(one, { quality: 'sharp' })).toMatchObject({ ok: false });
  expect(await choices.of(one)).toEqual({ quality: 'sharp' });
});
