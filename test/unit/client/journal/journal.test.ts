import { expect, it } from 'vitest';
import { isUncertain } from '../../../../client/journal/journal.ts';
import { ACCOUNT } from '../application-fixture.ts';

it('doubts an order without an answer, and none that was refused before anything was sent', () => {
  const entity = 'web';
  expect([
    isUncertain({ code: 'outcome-unknown', entity }),
    isUncertain({ code: 'timed-out', entity, seconds: 30 }),
    isUncertain({ code: 'not-sent', entity }),
    isUncertain({ code: 'not-connected', jid: ACCOUNT }),
  ]).toEqual([true, true, false, false]);
});
