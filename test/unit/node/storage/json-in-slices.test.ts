import fc from 'fast-check';
import { expect, it } from 'vitest';
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
  const entities = Array.from({ length: 20_000 }, (_, at) => ({ name: `web-${at}`, tags: ['a'] }));
  let turns = 0;
  const others = setInterval(() => (turns += 1), 1);
  await jsonInSlices({ savedAt: 1, entities }, redactData);
  clearInterval(others);
  expect(turns).toBeGreaterThan(0);
});
