import * as fc from 'fast-check';
import type { Shape, ValueShape } from '../../core/protocol/codec/shape.ts';
import type { XmlChild, XmlElement } from '../../core/xml/element.ts';
import { el } from '../../core/xml/element.ts';

const carriable = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .filter((text) => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text));

/** Values that a text of this shape can hold. */
function arbitraryValue(shape: ValueShape): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'text':
      return carriable.filter((text) => shape.minLength === 0 || text.trim() !== '');
    case 'integer':
      return fc.integer({ min: shape.min, max: shape.max });
    case 'decimal':
      return fc
        .double({ min: shape.min, max: shape.max, noNaN: true })
        .map((value) => (value === 0 ? 0 : value));
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...shape.choices);
    case 'special':
      return fc.constantFrom(...shape.samples);
  }
}

const name = fc.constantFrom('memory', 'vcpu', 'devices', 'disk', 'source', 'on_crash');
const attributes = fc.dictionary(fc.constantFrom('type', 'unit', 'file', 'dev'), carriable);

/** Elements as libvirt writes them: text or children, never both. */
const fragment: fc.Memo<XmlElement> = fc.memo((depth) => {
  const text = carriable.map((one): readonly XmlChild[] => (one === '' ? [] : [one]));
  const inner: fc.Arbitrary<readonly XmlChild[]> =
    depth <= 1 ? text : fc.oneof(text, fc.array(fragment(depth - 1), { maxLength: 3 }));
  return fc
    .tuple(name, attributes, inner)
    .map(([one, given, children]) => el(one, given, children));
});

/** Values that a part of this shape can hold. */
export function arbitraryOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'nothing':
      return fc.constant(undefined);
    case 'attribute':
    case 'content':
      return arbitraryValue(shape.value);
    case 'fragment':
      return fragment(3).map((element) => ({ ...element, name: shape.name }));
    case 'child':
      return arbitraryOf(shape.content);
    case 'children':
      return fc.array(arbitraryOf(shape.content), { maxLength: 4 });
    case 'optional':
      return fc.option(arbitraryOf(shape.content), { nil: undefined });
    case 'record':
      return fc.record(
        Object.fromEntries(
          Object.entries(shape.fields).map(([key, field]) => [key, arbitraryOf(field)]),
        ),
      );
  }
}
