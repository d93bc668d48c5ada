import { expect, it } from 'vitest';
import { lazyPart } from '../../../../renderer/views/dock/lazy-part.ts';

it('is read once, whoever shows it, and then there at once', async () => {
  let reads = 0;
  const part = lazyPart(async () => Promise.resolve({ default: `part ${(reads += 1)}` }));
  const first = await Promise.all([part(), part()]);
  expect([first, part()]).toEqual([['part 1', 'part 1'], 'part 1']);
});

it('is read anew where it could not be read', async () => {
  let reads = 0;
  const part = lazyPart(async () => {
    reads += 1;
    return reads === 1 ? Promise.reject(new Error('gone')) : Promise.resolve({ default: 'part' });
  });
  await expect(part()).rejects.toThrow('gone');
  expect(await part()).toBe('part');
});
