/** What can be wrong with one text or element. */
export type ReadProblemKind =
  | 'missing'
  | 'empty'
  | 'not-an-integer'
  | 'not-a-number'
  | 'out-of-range'
  | 'not-a-boolean'
  | 'not-a-choice'
  | 'not-a-jid'
  | 'not-a-uuid'
  | 'not-a-date'
  | 'not-base64'
  | 'bad-escape'
  | 'wrong-element';

/** Why a stanza could not be read. Plain data: it crosses processes. */
export interface ReadProblem {
  readonly code: 'unreadable';
  /** The element that was being read, by local name. */
  readonly element: string;
  /** From the element handed to the reader down to the place: `query/info/@state`. */
  readonly path: string;
  readonly problem: ReadProblemKind;
  /** What was found there, shortened to 80 characters. */
  readonly found?: string;
}

const FOUND_MAX = 80;

/** Makes a read problem; long texts are shortened, so that an error never carries a whole stanza. */
export function unreadable(
  element: string,
  path: string,
  problem: ReadProblemKind,
  found?: string,
): ReadProblem {
  const base = { code: 'unreadable', element, path, problem } as const;
  return found === undefined ? base : { ...base, found: found.slice(0, FOUND_MAX) };
}
