import * as v from 'valibot';
import { BareJid } from '../domain/jid.ts';
import { call, reply, textCall, textEvent } from './define.ts';

export interface StanzaRecord {
  readonly id: number;
  readonly account: BareJid;
  readonly direction: 'in' | 'out';
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: 'iq' | 'presence' | 'message' | 'other';
  readonly type: string;
  /** The other side. */
  readonly peer: string;
  readonly namespace: string;
  readonly action: string;
  /** Of an answer: the record of its request and how long it took. */
  readonly answers?: { readonly id: number; readonly milliseconds: number };
  /** The stanza as it was on the wire, secrets masked. */
  readonly xml: string;
  readonly bytes: number;
  readonly cause: string;
}

export const stanzas = {
  /** The newest stanzas kept, oldest first; from this call on the window hears of new ones. */
  open: textCall(v.undefined(), reply<readonly StanzaRecord[]>()),
  /** Those that stand before one, oldest first, some thousands at a time; none before the first. */
  earlier: textCall(
    v.strictObject({ before: v.pipe(v.number(), v.integer()) }),
    reply<readonly StanzaRecord[]>(),
  ),
  close: call(v.undefined(), reply<undefined>()),
  added: textEvent<readonly StanzaRecord[]>(),
  clear: call(v.undefined(), reply<undefined>()),
  /** How many stanzas were sent since the start, by what caused them. */
  counts: call(v.undefined(), reply<Readonly<Record<string, number>>>()),
  /** Sends a stanza as written, after a confirmation in a window of main's own. */
  send: call(
    v.strictObject({ account: BareJid, xml: v.pipe(v.string(), v.maxLength(1_048_576)) }),
    reply<undefined>(),
  ),
};
