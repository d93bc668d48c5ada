import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { redactData } from '../../../../client/redaction.ts';
import { jsonInSlices } from '../../../../node/storage/json-in-slices.ts';

const name = fc.oneof(fc.string(), fc.constantFrom('password', 'children', 'name', 'entities'));
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.constant(undefined),
  fc.constant('a::::secret'),
);
const item = fc.oneof(leaf, fc.dictionary(name, leaf, { noNullPrototype: true }));
const list = fc.array(item, { maxLength: 200, size: 'max' });
const value = fc.oneof(
  fc.dictionary(name, fc.oneof(leaf, list), { maxKeys: 5, noNullPrototype: true }),
  fc.dictionary(name, item, { maxKeys: 200, size: 'max', noNullPrototype: true }),
  list,
);

it('writes what would be written at once, secrets hidden', async () => {
  await fc.assert(
    fc.asyncProperty(value, async (given) => {
      const text = await jsonInSlices(given, redactData);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(redactData(given))));
    }),
    { numRuns: 200 },
  );
});

it('gives way while it writes what is long', async () => {
  const entities = Array.from({ length: 1000 }, (_, at) => ({ name: `web-${at}`, tags: ['a'] }));
  let clock = 0;
  const now = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 4));
  onTestFinished(() => now.mockRestore());
  let isOver = false;
  let turns = 0;
  const others = (): void => {
    turns += 1;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  await jsonInSlices({ savedAt: 1, entities }, redactData);
  isOver = true;
  // Twenty pieces of 4 ms and more.
  expect(turns).toBeGreaterThanOrEqual(8);
});
