import * as v from 'valibot';

/** The channel on which main hands a port to the preload, and the mark under which it is passed on. */
export const STREAM_PORT = 'archipel:stream-port';

/** What goes with a port: the window's own name for the stream. */
export const StreamPortNote = v.strictObject({
  type: v.literal(STREAM_PORT),
  key: v.pipe(v.string(), v.maxLength(100)),
});
export type StreamPortNote = v.InferOutput<typeof StreamPortNote>;

/** A page says that it has taken so many bytes: after each of these it should. */
export const ACKNOWLEDGE_EVERY_BYTES = 262_144;

/** With more than this on its way to a page its source is read no more … */
export const STOP_ABOVE_BYTES = 4_194_304;
/** … until it is less than this. */
export const GO_ON_BELOW_BYTES = 1_048_576;

/** What a page may send at once: far more than any key, pointer or clipboard of ours needs. */
export const MOST_SENT_BYTES = 2_097_152;

/** What a page sends through a port beside bytes. */
export const StreamAcknowledgement = v.strictObject({
  taken: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fffffff)),
});

/** Whether a message that came with a port is a note about it. */
export function isStreamPortNote(given: unknown): given is StreamPortNote {
  return v.is(StreamPortNote, given);
}
