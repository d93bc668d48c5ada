import fc from 'fast-check';

const space = fc.constantFrom('', '', ' ', '\n', '\r\n', '\t', '\n  ', '\r\n\t');
const someSpace = fc.constantFrom(' ', '  ', '\n', '\r\n    ', '\t');
const localName = fc.constantFrom('a', 'disk', 'x-1', '_é', 'name.y', '日本', '𐀀b', 'xmlish');
const prefix = fc.constantFrom('p', 'qemu', 'ß');
const namespace = fc.constantFrom('urn:1', 'http://example.org/?a=1&amp;b=2', 'u&#x20;v');

const reference = fc.constantFrom(
  '&lt;',
  '&amp;',
  '&gt;',
  '&apos;',
  '&quot;',
  '&#10;',
  '&#x1F600;',
);
const word = fc
  .string({ unit: 'grapheme', maxLength: 8 })
  .map((text) => text.replace(/[<&>"'\p{Cc}\p{Cs}\ufffe\uffff-]/gu, ''));
const characters = fc
  .array(fc.oneof(word, reference, space), { maxLength: 4 })
  .map((parts) => parts.join(''));

const value = fc.oneof(
  characters.map((text) => `"${text}'"`),
  characters.map((text) => `'${text}"'`),
);

const attributes = fc
  .uniqueArray(fc.tuple(someSpace, localName, space, space, value), {
    maxLength: 3,
    selector: ([, name]) => name,
  })
  .map((all) =>
    all.map(([lead, name, s1, s2, text]) => `${lead}${name}${s1}=${s2}${text}`).join(''),
  );

const comment = word.map((text) => `<!--${text}<&;-->`);
const instruction = fc.tuple(localName, word).map(([name, text]) => `<?${name} ${text}?>`);
const section = word.map((text) => `<![CDATA[${text}<&]] >]]>`);

interface Start {
  readonly name: string;
  readonly attributes: string;
}

/** A name and its attributes; a prefix is declared where it is used. */
const start: fc.Arbitrary<Start> = fc.oneof(
  fc.record({ name: localName, attributes }),
  fc.tuple(prefix, localName, attributes, namespace).map(([p, name, others, uri]) => ({
    name: `${p}:${name}`,
    attributes: `${others} xmlns:${p}="${uri}" ${p}:own='1'`,
  })),
  fc.tuple(localName, namespace).map(([name, uri]) => ({ name, attributes: ` xmlns='${uri}'` })),
);

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  content: fc
    .array(fc.oneof({ maxDepth: 4 }, characters, comment, instruction, section, tie('element')), {
      maxLength: 4,
    })
    .map((parts) => parts.join('')),
  element: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'element' },
    fc.tuple(start, space).map(([tag, tail]) => `<${tag.name}${tag.attributes}${tail}/>`),
    fc.tuple(start, space, tie('content'), space).map(([tag, tail, content, last]) => {
      return `<${tag.name}${tag.attributes}${tail}>${content}</${tag.name}${last}>`;
    }),
  ),
}));

const outside = fc
  .array(fc.oneof(space, comment, instruction), { maxLength: 3 })
  .map((parts) => parts.join(''));
const declaration = fc.constantFrom(
  '',
  '<?xml version="1.0"?>',
  "<?xml version='1.0' encoding='UTF-8' standalone='no' ?>\r\n",
);

/** The text of a well-formed document in any of the ways one can be written. */
export const arbitraryDocument = fc
  .tuple(fc.constantFrom('', '\ufeff'), declaration, outside, element, outside)
  .map((parts) => parts.join(''));
