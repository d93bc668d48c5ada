import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { childOf, childText } from './elements.ts';
import { NS } from './namespaces.ts';

/** Which part of a long list is wanted (XEP-0059). */
export interface PageRequest {
  readonly max: number;
  /** The id after which the page begins: the `last` of the page before. */
  readonly after?: string;
}

/** Where a page lies in the whole; all undefined when the service does not page. */
export interface PageFacts {
  readonly count: number | undefined;
  readonly first: string | undefined;
  readonly last: string | undefined;
}

export function writePageRequest(page: PageRequest | undefined): readonly XmlElement[] {
  if (page === undefined) return [];
  const after = page.after === undefined ? [] : [el('after', {}, [page.after])];
  return [el('set', { xmlns: NS.resultSets }, [el('max', {}, [String(page.max)]), ...after])];
}

export function readPageFacts(parent: ElementReader | undefined): PageFacts {
  const set = childOf(parent, 'set', NS.resultSets);
  const count = Number(childText(set, 'count'));
  return {
    count: Number.isInteger(count) && count >= 0 ? count : undefined,
    first: childText(set, 'first'),
    last: childText(set, 'last'),
  };
}
