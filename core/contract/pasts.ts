import * as v from 'valibot';
import { call, reply } from './define.ts';

/** What a page hands over at once, in bytes; more goes in several pieces. */
export const MOST_PIECE = 1_048_576;

const Piece = v.pipe(v.string(), v.uuid());
const Bytes = v.pipe(
  v.instance(Uint8Array),
  v.check((bytes) => bytes.length > 0 && bytes.length <= MOST_PIECE, 'The piece is too large.'),
);

/**
 * What a window keeps of screens beyond memory, for minutes: main writes it encrypted, with a key that
 * is nowhere but in its memory, and ends it with the window and with itself.
 */
export const pasts = {
  /** Keeps a piece; its name is the answer. */
  keep: call(v.strictObject({ bytes: Bytes }), reply<string>()),
  /** Only what this window keeps. */
  read: call(v.strictObject({ piece: Piece }), reply<Uint8Array>()),
  forget: call(
    v.strictObject({ pieces: v.pipe(v.array(Piece), v.maxLength(1000)) }),
    reply<undefined>(),
  ),
};
