import { err, ok, type Result } from '../../core/lib/result.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { childOf } from './elements.ts';
import { NS } from './namespaces.ts';
import type { IqFailure } from './session-failure.ts';
import type { Session } from './session-types.ts';

/** What is kept for the account under a name, or why it cannot be used. */
export type StoredFailure =
  | IqFailure
  /** Nothing is kept there. */
  | { readonly code: 'empty' }
  /** Something is kept that whoever wrote it damaged; it is left as it is. */
  | { readonly code: 'damaged'; readonly detail: string };

/**
 * Reads what an old client kept in private storage (XEP-0049) and interprets it. Damaged data is
 * told, whatever the interpreter does with it: it returns undefined or throws.
 */
export async function readPrivate<T>(
  session: Session,
  name: string,
  namespace: string,
  interpret: (element: ElementReader) => T | undefined,
): Promise<Result<T, StoredFailure>> {
  const query = el('query', { xmlns: NS.privateStorage }, [el(name, { xmlns: namespace })]);
  const answer = await session.request(undefined, 'get', query);
  if (!answer.ok) return answer;
  const element = childOf(childOf(answer.value, 'query'), name);
  if (element === undefined || isEmpty(element)) return err({ code: 'empty' });
  try {
    const value = interpret(element);
    return value === undefined ? err({ code: 'damaged', detail: '' }) : ok(value);
  } catch (cause) {
    return err({ code: 'damaged', detail: cause instanceof Error ? cause.message : '' });
  }
}

/** Keeps an element for the account. */
export async function writePrivate(
  session: Session,
  element: XmlElement,
): Promise<Result<void, IqFailure>> {
  const query = el('query', { xmlns: NS.privateStorage }, [element]);
  const answer = await session.request(undefined, 'set', query);
  return answer.ok ? ok(undefined) : err(answer.error);
}

function isEmpty(element: ElementReader): boolean {
  return element.children().length === 0 && element.text().trim() === '';
}
