import type { Element } from '@xmpp/xml';
import fc from 'fast-check';
import { expect } from 'vitest';
import { ALL_ACTIONS } from '../../../core/protocol/all-actions.ts';
import { stateShown } from '../../../core/protocol/entity-state.ts';
import { readError } from '../../../core/protocol/error-stanza.ts';
import { readPresence } from '../../../core/protocol/presence.ts';
import { readPushes } from '../../../core/protocol/push.ts';
import { readReply, writeReply } from '../../../core/protocol/reply.ts';
import { readRequest, writeRequest } from '../../../core/protocol/request.ts';
import { readVcard } from '../../../core/protocol/vcard.ts';
import type { ElementReader } from '../../../core/xml/element.ts';
import { el } from '../../../core/xml/element.ts';
import { readerOf } from '../../../core/xml/reader.ts';
import { StreamParser } from '../../../demo/server/stream-parser.ts';
import { LtxReader, toLtx } from '../../../node/xmpp/elements.ts';
import { StanzaParser } from '../../../node/xmpp/stanza-parser.ts';
import { anyElement, spoilt, spoiltText } from '../../support/hostile-arbitraries.ts';
import { arbitraryOf } from '../../support/protocol-arbitraries.ts';
import { cuts } from '../../unit/core/rfb/arbitrary-messages.ts';

const LIMITS = { stanzaBytes: 100_000, stanzaElements: 1000, depth: 64 };
const OPEN = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='s'>";
const PIECES = [
  ...['<', '>', '/', '&', ';', '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE', '<?', '?>', '&#x0;'],
  ...['&lt;', "'", '"', '=', ' ', '<a>', '</a>', '</stream:stream>', '\u0000', '<iq', ' xmlns="'],
  ...['__proto__', 'p:', '\ud800', '<query xmlns="jabber:iq:roster">'],
];

/** Reads an element as all that it could be. */
function readAll(reader: ElementReader): void {
  readError(reader);
  readVcard(reader);
  readPushes(reader);
  stateShown('virtualmachine', readPresence(reader));
  for (const { action } of ALL_ACTIONS) {
    const request = readRequest(action, reader);
    if (!request.ok) expect(request.error).toHaveProperty('path');
    expect(readReply(action, reader)).toHaveProperty('ok');
  }
}

const good = fc.constantFrom(...ALL_ACTIONS).chain(({ action }) =>
  fc.oneof(
    arbitraryOf(action.request.shape).map((input) => writeRequest(action, input)),
    arbitraryOf(action.reply.shape).map((reply) =>
      el('iq', { type: 'result' }, [writeReply(action, reply)]),
    ),
  ),
);

/** Stanzas of the protocol with something wrong in them. */
export const stanzas = fc.property(fc.oneof(good.chain(spoilt), anyElement(4)), (element) => {
  readAll(readerOf(element));
});

function pieces(text: string, places: readonly number[]): readonly string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

/** Streams of stanzas: both parsers stop at most once, wherever the text is cut. */
export const streams = fc.property(
  spoiltText(
    fc.array(good, { maxLength: 4 }).map((all) => all.map((one) => toLtx(one).toString()).join('')),
    PIECES,
  ),
  cuts,
  (text, places) => {
    const chunks = [OPEN, ...pieces(text, places)];
    const parser = new StanzaParser(LIMITS);
    let defects = 0;
    parser.on('error', () => (defects += 1));
    parser.on('element', (stanza: Element) => readAll(new LtxReader(stanza)));
    for (const chunk of chunks) parser.write(chunk);
    expect(defects).toBeLessThanOrEqual(1);
    let stops = 0;
    const server = new StreamParser(
      {
        opened: () => undefined,
        element: () => expect(stops).toBe(0),
        closed: () => undefined,
        violated: () => (stops += 1),
      },
      LIMITS,
    );
    for (const chunk of chunks) server.write(chunk);
    expect(stops).toBeLessThanOrEqual(1);
  },
);
