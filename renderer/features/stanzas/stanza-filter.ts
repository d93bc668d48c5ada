import type { StanzaRecord } from '../../../core/contract/stanzas.ts';

export interface StanzaFilter {
  readonly text: string;
  /** Empty: all kinds. */
  readonly kinds: ReadonlySet<StanzaRecord['kind']>;
  readonly errorsOnly: boolean;
}

function textOf({ account, peer, namespace, action, cause, xml }: StanzaRecord): string {
  return [account, peer, namespace, action, cause, xml].join('\n').toLowerCase();
}

/**
 * Tells whether a stanza is among what the user looks for; every word must be found somewhere. An answer
 * is also found by the words of the request it belongs to.
 */
export function passesFilter(
  record: StanzaRecord,
  filter: StanzaFilter,
  request?: StanzaRecord,
): boolean {
  if (filter.kinds.size > 0 && !filter.kinds.has(record.kind)) return false;
  if (filter.errorsOnly && record.type !== 'error') return false;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = textOf(record) + (request ? textOf(request) : '');
  return words.every((word) => text.includes(word));
}

/** What belongs to each request and answer: the answer's record by the request's number. */
export function answersByRequest(
  records: readonly StanzaRecord[],
): ReadonlyMap<number, StanzaRecord> {
  const answers = new Map<number, StanzaRecord>();
  for (const record of records) if (record.answers) answers.set(record.answers.id, record);
  return answers;
}

/** A request and its answer, whichever of the two was chosen. */
export function pairOf(
  record: StanzaRecord,
  records: readonly StanzaRecord[],
  answers: ReadonlyMap<number, StanzaRecord>,
): { readonly request: StanzaRecord; readonly answer: StanzaRecord | undefined } {
  if (!record.answers) return { request: record, answer: answers.get(record.id) };
  const { id } = record.answers;
  const request = records.find((one) => one.id === id);
  return request ? { request, answer: record } : { request: record, answer: undefined };
}
