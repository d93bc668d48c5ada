import type { AppError } from '../../core/contract/app-error.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { findAction } from '../../core/protocol/all-actions.ts';
import { readError, writeError } from '../../core/protocol/error-stanza.ts';
import { PROTOCOL_ERRORS, type ProtocolErrorCode } from '../../core/protocol/errors.ts';
import { outcome, type Outcome } from '../../core/protocol/outcome.ts';
import { el } from '../../core/xml/element.ts';
import { readerOf } from '../../core/xml/reader.ts';
import { given } from '../given.ts';
import { replyError } from '../requests/request-failure.ts';
import type { Asker } from './evidence.ts';
import type { JournalEntry } from './journal-entry.ts';

/** What an entity says of an order. `never`: it did not arrive, and will not be carried out. */
export type Told =
  /** With the machine that it made, where the entity says so. */
  | { readonly kind: 'done'; readonly made?: string }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'running' }
  | { readonly kind: 'never' }
  /**
   * It keeps no record, or has forgotten, or ended in the middle of it, or cannot be reached: its state has
   * to be looked at.
   */
  | { readonly kind: 'nothing' };

/** What asking for the state instead may still help with. */
const UNANSWERED = ['unsupported', 'offline', 'not-found', 'denied', 'refused', 'damaged-reply'];

/** Asks the entity itself what became of an order; an error means to ask again later. */
export async function askOutcome(
  asker: Asker,
  entry: JournalEntry,
  name: string,
  now: () => number,
): Promise<Result<Told, AppError>> {
  if (entry.stanzaId === undefined) return ok({ kind: 'nothing' });
  const told = await asker.ask(outcome.get, entry.jid, { id: entry.stanzaId });
  if (told.ok) return ok(meaningOf(told.value, entry, name, now() - entry.sentAt));
  return UNANSWERED.includes(told.error.code) ? ok({ kind: 'nothing' }) : err(told.error);
}

function meaningOf(told: Outcome, entry: JournalEntry, name: string, ageMs: number): Told {
  // The record reaches back from a moment before now, so this errs on the side of "forgotten".
  if (told.outcome === 'unheard') return { kind: told.reachesMs >= ageMs ? 'never' : 'nothing' };
  const isSame = told.namespace === entry.namespace && told.action === entry.action;
  if (!isSame) return { kind: 'nothing' };
  if (told.outcome === 'interrupted') return { kind: 'nothing' };
  if (told.outcome === 'done') return { kind: 'done', ...given({ made: told.made }) };
  if (told.outcome === 'running') return { kind: 'running' };
  return { kind: 'failed', error: errorOf(told, entry, name) };
}

/** The refusal as its own answer would have said it. */
function errorOf({ error }: Outcome, entry: JournalEntry, name: string): AppError {
  const { namespace, action } = entry;
  const known = findAction(namespace, action);
  const code = error && isKnown(error.code) ? error.code : 'unknown-error';
  const failure = { code, text: error?.text ?? '', ...given({ number: error?.number }) };
  const iq = el('iq', { type: 'error' }, [writeError(failure, known)]);
  const asked = { namespace, name: action, permission: known?.permission };
  return replyError(readError(readerOf(iq, 'jabber:client'), asked), asked, name);
}

function isKnown(code: string): code is ProtocolErrorCode {
  return Object.hasOwn(PROTOCOL_ERRORS, code);
}
