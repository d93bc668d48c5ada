import { child } from './codec/elements.ts';
import { attribute, content, optional, record } from './codec/part.ts';
import { bareJid } from './codec/special-values.ts';
import { choice, integer, text, words } from './codec/value.ts';
import { defineAction, type ReplyOf } from './define-action.ts';

/** Announced by disco#info; original agents do not know it. */
export const OUTCOME_NAMESPACE = 'archipel:outcome';

/**
 * What became of an order: carried out, refused or failed, still being carried out, begun by an agent that
 * ended before it was over, or not on record.
 * `unheard` never arrived when the record reaches back to before it was sent; otherwise it may be forgotten.
 */
const Word = choice(['done', 'failed', 'running', 'interrupted', 'unheard']);

const get = defineAction({
  namespace: OUTCOME_NAMESPACE,
  entity: 'any',
  origin: 'ours',
  name: 'get',
  kind: 'get',
  permission: undefined,
  summary:
    'What became of an order that was sent to it. What has not arrived by then, and is asked after by who sent it, is never carried out.',
  request: {
    id: attribute('id', words(), 'id of the iq that carried the order'),
    sender: optional(
      attribute('sender', bareJid(), 'who sent it: whoever asks, or anybody to holders of `all`'),
    ),
  },
  reply: record({
    outcome: attribute('outcome', Word, 'what became of it'),
    reachesMs: attribute(
      'reaches',
      integer({ min: 0 }),
      'for how long everything that was ordered is on record, milliseconds',
    ),
    since: attribute('since', words(), 'the same as a time, ISO 8601 in UTC'),
    namespace: optional(attribute('of-namespace', words(), 'namespace of the order')),
    action: optional(attribute('of-action', words(), 'action of the order')),
    arrived: optional(attribute('arrived', words(), 'when it arrived, ISO 8601 in UTC')),
    made: optional(attribute('made', bareJid(), 'the virtual machine that it made')),
    error: optional(
      child(
        'error',
        record({
          code: attribute('code', words(), 'why it failed: a code of [errors](errors.md)'),
          number: optional(attribute('number', integer(), 'the number of its refusal')),
          text: content(text(), 'what it was refused with'),
        }),
      ),
    ),
  }),
  errors: ['outcome-get-failed'],
});

/** What became of orders whose answer was lost. */
export const outcome = { get };

export type Outcome = ReplyOf<typeof get>;
