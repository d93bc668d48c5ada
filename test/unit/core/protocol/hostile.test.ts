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
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { anyElement, spoilt } from '../../../support/hostile-arbitraries.ts';
import { arbitraryOf } from '../../../support/protocol-arbitraries.ts';

describe('whatever arrives', () => {
  it('is read without throwing, by every reader', () => {
    fc.assert(
      fc.property(anyElement(4), fc.constantFrom(...ALL_ACTIONS), (element, { action }) => {
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
