import { expect, it, vi } from 'vitest';
import { Doorway } from '../../../agent/doorway.ts';

it('lets so many in at a time, and the next when one has left, even in bad order', async () => {
  const doorway = new Doorway(2);
  const begun: string[] = [];
  const ends = new Map<string, (outcome: 'done' | 'failed') => void>();
  const passed = ['a', 'b', 'c', 'd'].map(async (name) => {
    const outcome = await doorway
      .pass(async () => {
        begun.push(name);
        const end = await new Promise<string>((resolve) => ends.set(name, resolve));
        if (end === 'failed') throw new Error(`${name} failed`);
        return `${name} done`;
      })
      .catch(String);
    return outcome;
  });
  expect(begun).toEqual(['a', 'b']);
  ends.get('a')?.('failed');
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c']));
  ends.get('b')?.('done');
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c', 'd']));
  ends.get('d')?.('done');
  ends.get('c')?.('done');
  expect(await Promise.all(passed)).toEqual(['Error: a failed', 'b done', 'c done', 'd done']);
});
