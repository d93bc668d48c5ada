import { describe, expect, it } from 'vitest';
import {
  PLACEHOLDER_NAMESPACE,
  withoutPlaceholderNamespace,
} from '../../../../../core/xml/domain/placeholder-namespace.ts';
import { parseXml } from '../../../../../core/xml/parse.ts';
import { serialize } from '../../../../../core/xml/write.ts';
import { expectOk } from '../expect.ts';

const rootOf = (text: string) => expectOk(parseXml(text)).root;
const cleaned = (text: string) => serialize(withoutPlaceholderNamespace(rootOf(text)));

describe('withoutPlaceholderNamespace', () => {
  it('takes the declaration away wherever it stands and nothing else', () => {
    const mark = ` xmlns="${PLACEHOLDER_NAMESPACE}"`;
    expect(cleaned(`<a${mark} b='1'><c  d = "2"${mark}/><m:x xmlns:m='u'/></a>`)).toBe(
      `<a b='1'><c  d = "2"/><m:x xmlns:m='u'/></a>`,
    );
  });

  it('takes away an empty declaration on the root only', () => {
    expect(cleaned(`<a xmlns=''><b xmlns='u'><c xmlns=''/></b></a>`)).toBe(
      `<a><b xmlns='u'><c xmlns=''/></b></a>`,
    );
  });

  it('returns the same element when there is nothing to take away', () => {
    const root = rootOf(`<a xmlns='u'/>`);
    expect(withoutPlaceholderNamespace(root)).toBe(root);
  });
});
