import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_ACTIONS } from '../../../../core/protocol/all-actions.ts';
import { stateShown } from '../../../../core/protocol/entity-state.ts';
import { readError } from '../../../../core/protocol/error-stanza.ts';
import { versionNumbers } from '../../../../core/protocol/health.ts';
import { readPresence } from '../../../../core/protocol/presence.ts';
import { readPushes } from '../../../../core/protocol/push.ts';
import { readReply, writeReply } from '../../../../core/protocol/reply.ts';
import { readRequest, writeRequest } from '../../../../core/protocol/request.ts';
import { readVcard } from '../../../../core/protocol/vcard.ts';
import type { XmlChild, XmlElement } from '../../../../core/xml/element.ts';
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { arbitraryOf } from '../../../support/protocol-arbitraries.ts';

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

const anything: fc.Memo<XmlElement> = fc.memo((depth) => {
  const child: fc.Arbitrary<XmlChild> = depth <= 1 ? values : fc.oneof(values, anything(depth - 1));
  return fc
    .tuple(names, attributes, fc.array(child, { maxLength: 4 }))
    .map(([name, given, children]) => el(name, given, children));
});

/** A good element with one of its attributes, children or texts spoilt or gone. */
function spoilt(element: XmlElement): fc.Arbitrary<XmlElement> {
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

describe('whatever arrives', () => {
  it('is read without throwing, by every reader', () => {
    fc.assert(
      fc.property(anything(4), fc.constantFrom(...ALL_ACTIONS), (element, { action }) => {
        const reader = readerOf(element);
        expect(readRequest(action, reader)).toHaveProperty('ok');
        expect(readReply(action, reader)).toHaveProperty('ok');
        expect(readError(reader)).toHaveProperty('code');
        expect(readPushes(reader)).toBeInstanceOf(Array);
        expect(readVcard(reader)).toBeTypeOf('object');
        stateShown('virtualmachine', readPresence(reader));
      }),
      { numRuns: 300 },
    );
  });

  it.each(ALL_ACTIONS)(
    'of $module $action.name, spoilt, is read or refused with its place',
    (one) => {
      const { action } = one;
      const requests = arbitraryOf(action.request.shape).map((input) =>
        writeRequest(action, input),
      );
      const replies = arbitraryOf(action.reply.shape).map((reply) => writeReply(action, reply));
      fc.assert(
        fc.property(requests.chain(spoilt), replies.chain(spoilt), (request, reply) => {
          const input = readRequest(action, readerOf(request));
          const output = readReply(action, readerOf(el('iq', { type: 'result' }, [reply])));
          for (const result of [input, output]) {
            if (!result.ok) expect(result.error).toHaveProperty('path');
          }
        }),
        { numRuns: 20 },
      );
    },
  );
});

describe('the version of an original agent', () => {
  it('has the major part taken out of its minor part', () => {
    expect(versionNumbers({ major: 9, minor: 9000, release: 0 })).toEqual([9, 0, 0]);
    expect(versionNumbers({ major: 7, minor: 7002, release: 22 })).toEqual([7, 2, 22]);
  });
});
