import { GROUP_DELIMITER } from '../../core/domain/group-path.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { readPrivate, type StoredFailure } from '../../node/xmpp/private-storage.ts';
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

/** What parts nested groups of an account (XEP-0083): the default where nothing is kept, or nothing of use. */
export interface FoundDelimiter {
  readonly delimiter: string;
  /** Something is kept that cannot be one. */
  readonly isDamaged: boolean;
}

/** Asks the server for the delimiter; an error is that it keeps none, or that the link broke. */
export async function findDelimiter(session: Session): Promise<Result<FoundDelimiter, IqFailure>> {
  const read = await readPrivate(session, 'roster', NS.rosterDelimiter, (element) => {
    const text = element.text();
    return isDelimiter(text) && element.children().length === 0 ? text : undefined;
  });
  if (read.ok) return ok({ delimiter: read.value, isDamaged: false });
  if (read.error.code !== 'empty' && read.error.code !== 'damaged') return err(read.error);
  return ok({ delimiter: GROUP_DELIMITER, isDamaged: read.error.code === 'damaged' });
}

/**
 * Looks at what earlier clients kept for the account (XEP-0049); `asked` is what was found of its
 * delimiter, where that is known already. Damage is found, never fatal; an error means that the link
 * broke, so that it is to be looked at again.
 */
export async function findPrivate(
  session: Session,
  asked?: Result<FoundDelimiter, IqFailure>,
): Promise<Result<readonly PrivateFinding[], IqFailure>> {
  const { name, namespace } = PREFERENCES;
  const preferences = await readPrivate(session, name, namespace, (element) => {
    return Math.max(1, element.children().length);
  });
  if (isBroken(preferences)) return preferences;
  const delimiter = asked ?? (await findDelimiter(session));
  const isDamaged = delimiter.ok && delimiter.value.isDamaged;
  if (isBroken(delimiter)) return delimiter;
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
