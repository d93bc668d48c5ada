import { err, ok, type Result } from '../../core/lib/result.ts';
import { readVcard, type Vcard, writeVcard } from '../../core/protocol/vcard.ts';
import { el } from '../../core/xml/element.ts';
import { childOf } from './elements.ts';
import { NS } from './namespaces.ts';
import type { IqFailure } from './session-failure.ts';
import type { RequestOptions, Session } from './session-types.ts';

/** The largest picture that is taken out of a vCard; decoding belongs to the caller. */
export const PHOTO_BYTES_MAX = 1024 * 1024;

/** A vCard as read; `isPhotoTooLarge` when its picture was left out for its size. */
export interface FetchedVcard {
  readonly vcard: Vcard;
  readonly isPhotoTooLarge: boolean;
}

/** Reads the vCard of an entity by its bare JID, or of the own account (XEP-0054). */
export async function fetchVcard(
  session: Session,
  bareJid: string | undefined,
  options?: RequestOptions,
): Promise<Result<FetchedVcard, IqFailure>> {
  const answer = await session.request(bareJid, 'get', el('vCard', { xmlns: NS.vcard }), options);
  // Refused by the server for its size, or by our own limit for stanzas.
  if (!answer.ok && isTooLarge(answer.error)) return ok({ vcard: {}, isPhotoTooLarge: true });
  if (!answer.ok) return answer;
  const element = childOf(answer.value, 'vCard');
  const { photo, ...rest } = element === undefined ? {} : readVcard(element);
  // Base64 has four characters for three bytes.
  const isPhotoTooLarge = (photo?.data.length ?? 0) > Math.ceil(PHOTO_BYTES_MAX / 3) * 4;
  const isKept = photo !== undefined && !isPhotoTooLarge;
  return ok({ vcard: { ...rest, ...(isKept && { photo }) }, isPhotoTooLarge });
}

function isTooLarge(failure: IqFailure): boolean {
  return failure.code === 'stanza-error' && failure.condition === 'resource-constraint';
}

/** Replaces the vCard of the own account. */
export async function publishVcard(
  session: Session,
  vcard: Vcard,
): Promise<Result<void, IqFailure>> {
  const answer = await session.request(undefined, 'set', writeVcard(vcard));
  return answer.ok ? ok(undefined) : err(answer.error);
}
