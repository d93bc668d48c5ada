import type { Result } from '../lib/result.ts';
import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import type { PartValue } from './codec/part.ts';
import { attribute, nothing, record } from './codec/part.ts';
import type { ReadProblem } from './codec/problem.ts';
import { bareJid, joined } from './codec/special-values.ts';
import { defineAction } from './define-action.ts';

const SEPARATOR = ';;';
const tagList = attribute('tags', joined(SEPARATOR), 'tags; none clears them');

const settags = defineAction({
  namespace: 'archipel:tags',
  entity: 'any',
  origin: 'original',
  name: 'settags',
  kind: 'set',
  permission: 'settags',
  summary: 'Replaces its tags, which it publishes for all to see.',
  request: { tags: tagList },
  reply: nothing,
  errors: ['tags-set-failed'],
});

/** Tags of an entity. */
export const tags = { settags };

const tagItem = record({ jid: attribute('jid', bareJid(), 'whose tags'), tags: tagList });

/** The tags of one entity, as the tags node holds them. */
export type EntityTags = PartValue<typeof tagItem>;

/** The payload of an item of the tags node. */
export function writeTagItem(value: EntityTags): XmlElement {
  const { attributes, children } = tagItem.write(value);
  return el('tag', attributes, children);
}

/** Reads the `<tag>` of an item of the tags node. */
export function readTagItem(element: ElementReader): Result<EntityTags, ReadProblem> {
  return tagItem.read(element, 'tag');
}

/** A tag as it is stored: lower case, without the separator and blanks around it; undefined when nothing is left. */
export function normalTag(text: string): string | undefined {
  const tag = text.replaceAll(SEPARATOR, ' ').replaceAll(/\s+/g, ' ').trim().toLowerCase();
  return tag === '' ? undefined : tag;
}
