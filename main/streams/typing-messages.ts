import * as v from 'valibot';
import { LAYOUT_IDS } from '../../core/keyboard/layout.ts';
import { MOST_TEXT } from '../../core/contract/typing.ts';

const Id = v.pipe(v.number(), v.integer(), v.minValue(1));
const Count = v.pipe(v.number(), v.minValue(0));

/** What the user is known by at a screen. */
export const ScreenCredentialsMessage = v.strictObject({
  username: v.exactOptional(v.string()),
  password: v.exactOptional(v.string()),
  screenPassword: v.exactOptional(v.string()),
});

/** A text to type on a screen; `close` stops it. */
export function typeOrder<Way extends v.GenericSchema, Host extends v.GenericSchema>(
  ways: Way,
  host: Host,
) {
  return v.strictObject({
    kind: v.literal('type'),
    id: Id,
    ways: v.array(ways),
    /** The host of the ways that go through SSH. */
    host: v.optional(host),
    credentials: ScreenCredentialsMessage,
    keymap: v.optional(v.string()),
    layout: v.picklist(LAYOUT_IDS),
    /** It may be a secret. The end of a line is Enter. */
    text: v.pipe(v.string(), v.maxLength(MOST_TEXT + 1)),
    eventMs: v.number(),
  });
}

const counts = { certain: Count, sent: Count };

/** What comes of a text; the second and third are told once. */
export function typingReports<Failure extends v.GenericSchema>(failure: Failure) {
  return [
    v.strictObject({ kind: v.literal('typing'), id: Id, ...counts }),
    v.strictObject({
      kind: v.literal('typing-ended'),
      id: Id,
      how: v.picklist(['done', 'stopped', 'lost']),
      ...counts,
    }),
    /** Nothing was typed: so many characters have no key, or the screen cannot be opened. */
    v.strictObject({
      kind: v.literal('typing-failed'),
      id: Id,
      untypable: v.optional(Count),
      failure: v.optional(failure),
    }),
  ] as const;
}
