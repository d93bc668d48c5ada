import type { ElementReader } from '../xml/element.ts';

/** The first child of that local name. */
export function firstChild(element: ElementReader, name: string): ElementReader | undefined {
  return element.children().find((one) => one.name === name);
}

/**
 * What a reply carries, as one element. Original agents answer with one `<query>`, with two of which
 * the first is empty, or with entries beside an empty one; here they all look like the first case.
 */
export function replyContent(iq: ElementReader): ElementReader {
  const parts = iq.children().filter((one) => one.name !== 'error');
  const queries = parts.filter((one) => one.name === 'query');
  const beside = parts.filter((one) => one.name !== 'query');
  const inside = queries.flatMap((one) => one.children());
  const attributes = Object.assign({}, ...queries.map((one) => one.attributes())) as Record<
    string,
    string
  >;
  return {
    name: 'query',
    namespace: queries[0]?.namespace,
    attribute: (name) => queries.map((one) => one.attribute(name)).find((one) => one !== undefined),
    attributes: () => attributes,
    children: () => [...inside, ...beside],
    text: () => queries.map((one) => one.text()).join(''),
  };
}
