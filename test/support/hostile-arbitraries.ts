import fc from 'fast-check';
import { el, type XmlChild, type XmlElement } from '../../core/xml/element.ts';

const WORDS = ['query', 'archipel', 'error', 'text', 'status', 'show', 'event', 'items', 'item'];
const VALUES = [
  '',
  'None',
  'error',
  'result',
  '-42',
  '1e999',
  "[u'",
  '/archipel/a@b/events',
  '\u0000',
];
const names = fc.constantFrom(...WORDS, 'push', 'x', 'FN', 'PHOTO', 'constructor', '__proto__');
const values = fc.oneof(fc.constantFrom(...VALUES), fc.string());
const attributes = fc.dictionary(
  fc.constantFrom('type', 'code', 'action', 'node', 'change', 'xmlns', 'jid', '__proto__'),
  values,
);

/** Elements of the protocol's words in no order that it knows. */
export const anyElement: fc.Memo<XmlElement> = fc.memo((depth) => {
  const child: fc.Arbitrary<XmlChild> =
    depth <= 1 ? values : fc.oneof(values, anyElement(depth - 1));
  return fc
    .tuple(names, attributes, fc.array(child, { maxLength: 4 }))
    .map(([name, given, children]) => el(name, given, children));
});

/** A good element with one of its attributes, children or texts spoilt or gone. */
export function spoilt(element: XmlElement): fc.Arbitrary<XmlElement> {
  const attribute = fc.tuple(fc.constantFrom(...Object.keys(element.attributes), 'x'), values);
  const changed = attribute.map(([name, value]) => ({
    ...element,
    attributes: { ...element.attributes, [name]: value },
  }));
  const without = attribute.map(([name]) => ({
    ...element,
    attributes: Object.fromEntries(
      Object.entries(element.attributes).filter(([one]) => one !== name),
    ),
  }));
  const inner = element.children.map((child, index) =>
    (typeof child === 'string' ? values : spoilt(child)).map((one: XmlChild) => ({
      ...element,
      children: element.children.with(index, one),
    })),
  );
  const childless = fc.constant({ ...element, children: [] });
  return fc.oneof(changed, without, childless, ...inner);
}

interface Cut {
  readonly at: number;
  readonly length: number;
  readonly put: number;
  readonly times: number;
}

const cut: fc.Arbitrary<Cut> = fc.record({
  at: fc.nat(),
  length: fc.oneof(fc.constant(0), fc.nat({ max: 12 })),
  put: fc.nat(),
  times: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.nat({ max: 300 })),
});
const cuts = fc.array(cut, { minLength: 1, maxLength: 6 });

/** A good text with parts cut out, and some of these pieces put in, now and then many times. */
export function spoiltText(
  text: fc.Arbitrary<string>,
  pieces: readonly string[],
): fc.Arbitrary<string> {
  return fc.tuple(text, cuts).map(([good, places]) =>
    places.reduce((spoiling, { at, length, put, times }) => {
      const from = at % (spoiling.length + 1);
      const piece = (pieces[put % pieces.length] ?? '').repeat(times);
      return spoiling.slice(0, from) + piece + spoiling.slice(from + length);
    }, good),
  );
}

/** Good bytes with some changed, cut out or put in. */
export function spoiltBytes(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(bytes, cuts).map(([good, places]) =>
    places.reduce((spoiling, { at, length, put, times }) => {
      const from = at % (spoiling.length + 1);
      const piece = new Uint8Array(times).fill(put % 256);
      return Uint8Array.from([
        ...spoiling.subarray(0, from),
        ...piece,
        ...spoiling.subarray(from + length),
      ]);
    }, good),
  );
}
