import { GROUP_DELIMITER } from '../../core/domain/group-path.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { readPrivate, type StoredFailure } from '../../node/xmpp/private-storage.ts';
import type { Roster } from '../../node/xmpp/roster.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import { NS } from '../../node/xmpp/namespaces.ts';

/** Something in private storage that is of no use here: never what it says, which is its owner's. */
export interface PrivateFinding {
  readonly namespace: string;
  /** How many values are kept there. */
  readonly entries: number;
  readonly isDamaged: boolean;
}

/** Where original clients keep their settings (protocol: client traffic); what they mean is theirs alone. */
const PREFERENCES = { name: 'archipel', namespace: 'archipel:preferences' } as const;

/** The longest text that parts names of groups. */
const DELIMITER_MAX = 8;

/**
 * Looks at what earlier clients kept for the account (XEP-0049). Damage is found, never fatal; an
 * error means that the link broke, so that it is to be looked at again.
 */
export async function findPrivate(
  session: Session,
): Promise<Result<readonly PrivateFinding[], IqFailure>> {
  const { name, namespace } = PREFERENCES;
  const preferences = await readPrivate(session, name, namespace, (element) => {
    return Math.max(1, element.children().length);
  });
  if (isBroken(preferences)) return preferences;
  const delimiter = await readPrivate(session, 'roster', NS.rosterDelimiter, (element) => {
    return isDelimiter(element.text()) && element.children().length === 0 ? true : undefined;
  });
  if (isBroken(delimiter)) return delimiter;
  const isDamaged = !delimiter.ok && delimiter.error.code === 'damaged';
  return ok([
    ...(preferences.ok ? [{ namespace, entries: preferences.value, isDamaged: false }] : []),
    ...(isDamaged ? [{ namespace: NS.rosterDelimiter, entries: 1, isDamaged }] : []),
  ]);
}

interface Broken {
  readonly ok: false;
  readonly error: IqFailure;
}

/** A server that keeps nothing says so; everything else is the link. */
function isBroken(read: Result<unknown, StoredFailure>): read is Broken {
  return !read.ok && !['empty', 'damaged', 'stanza-error'].includes(read.error.code);
}

/** Whether a text can part the names of nested groups. */
function isDelimiter(text: string): boolean {
  return text.trim() !== '' && text.length <= DELIMITER_MAX;
}

/** What parts nested groups of the account, the default where it says nothing; undefined where the link broke. */
export async function findDelimiter(
  roster: Pick<Roster, 'delimiter'>,
): Promise<string | undefined> {
  const found = await roster.delimiter();
  if (!found.ok) return undefined;
  const { value = '' } = found;
  return isDelimiter(value) ? value : GROUP_DELIMITER;
}
