import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ElementReader } from '../../../../core/xml/element.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { ExchangeReader } from './exchange-reader.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/stanzas');

/** A recording holds one exchange, our fixtures hold many. */
function exchangesIn(root: ElementReader): readonly ElementReader[] {
  return root.name === 'fixtures' ? root.children() : [root];
}

function readAll(directory: string): ExchangeReader {
  const reader = new ExchangeReader();
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.xml'))) {
    const document = parseXml(readFileSync(join(directory, file), 'utf8'));
    reader.count('files');
    if (!document.ok) reader.note(file, document.error);
    else exchangesIn(readerOf(document.value.root)).forEach((one) => reader.read(file, one));
  }
  return reader;
}

describe('recorded stanzas', () => {
  const recordings = process.env['ARCHIPEL_TRANSCRIPTS'];
  if (recordings === undefined) {
    console.log('ARCHIPEL_TRANSCRIPTS names no recordings: only our own fixtures are read');
  }

  it('are all read, and written so that they read the same', { timeout: 60_000 }, () => {
    const { problems, counts } = readAll(recordings ?? FIXTURES);
    if (recordings !== undefined) console.log(counts);
    expect(problems).toEqual([]);
    expect(counts['requests read']).toBeGreaterThan(0);
    expect(counts['replies read']).toBeGreaterThan(0);
    expect(counts['errors named']).toBeGreaterThan(0);
  });
});
