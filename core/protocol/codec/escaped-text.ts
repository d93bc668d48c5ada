import { err, ok } from '../../lib/result.ts';
import type { Part } from './part.ts';
import { unreadable } from './problem.ts';

const ENCODING = 'backslash';

function unescape(text: string): string | undefined {
  if (/\\(?![\\r])/.test(text.replaceAll('\\\\', ''))) return undefined;
  return text.replaceAll(/\\([\\r])/g, (_, escaped: string) => (escaped === 'r' ? '\r' : '\\'));
}

/**
 * The element's text, to the last character. Every XML parser between here and there may turn a
 * carriage return into a line feed, so a text that has one is sent with `\r` and `\\` in place of
 * carriage returns and backslashes, and says so in the attribute `encoding`.
 */
export function exactText(doc: string): Part<string> {
  return {
    shape: {
      kind: 'content',
      value: { type: 'special', name: 'exact text', samples: ['<a/>\n', '<a>\r\n\\</a>', ''] },
      doc,
    },
    read: (element, path) => {
      const given = element.text();
      const encoding = element.attribute('encoding');
      if (encoding === undefined) return ok(given);
      const text = encoding === ENCODING ? unescape(given) : undefined;
      return text === undefined
        ? err(unreadable(element.name, path, 'bad-escape', encoding))
        : ok(text);
    },
    write: (value) => {
      if (!value.includes('\r')) {
        return { attributes: {}, children: value === '' ? [] : [value] };
      }
      const escaped = value.replaceAll('\\', '\\\\').replaceAll('\r', '\\r');
      return { attributes: { encoding: ENCODING }, children: [escaped] };
    },
  };
}
