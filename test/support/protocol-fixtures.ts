import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementReader } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/parse.ts';
import { readerOf } from '../../core/xml/reader.ts';

/** An iq with what its reader is expected to make of it, as JSON, or as an error's code. */
export interface ExpectedStanza {
  readonly iq: ElementReader;
  readonly expected: unknown;
}

/** Stanzas of one action in the shapes original agents and clients send. */
export interface ActionFixture {
  readonly module: string;
  readonly action: string;
  readonly request: ExpectedStanza;
  readonly replies: readonly ExpectedStanza[];
  readonly refusals: readonly ExpectedStanza[];
}

const FOLDER = join(import.meta.dirname, '../fixtures/stanzas');

function stanza(part: ElementReader, attribute: string): ExpectedStanza {
  const [iq] = part.children();
  const text = part.attribute(attribute);
  if (iq === undefined || text === undefined) throw new Error(`A fixture lacks its ${attribute}`);
  const isJson = attribute !== 'code' && text !== 'undefined';
  const expected: unknown = isJson ? JSON.parse(text) : text;
  return { iq, expected: text === 'undefined' ? undefined : expected };
}

function readCase(module: string, one: ElementReader): ActionFixture {
  const parts = (name: string): ElementReader[] => {
    return one.children().filter((part) => part.name === name);
  };
  const [request] = parts('request');
  if (request === undefined) throw new Error(`A fixture of ${module} lacks its request`);
  return {
    module,
    action: one.attribute('action') ?? '',
    request: stanza(request, 'input'),
    replies: parts('reply').map((part) => stanza(part, 'value')),
    refusals: parts('refusal').map((part) => stanza(part, 'code')),
  };
}

function readFile(name: string): readonly ActionFixture[] {
  const document = parseXml(readFileSync(join(FOLDER, name), 'utf8'));
  if (!document.ok) throw new Error(`${name}: ${JSON.stringify(document.error)}`);
  const root = readerOf(document.value.root);
  return root.children().map((one) => readCase(root.attribute('module') ?? '', one));
}

/** All fixtures of actions. */
export const actionFixtures: readonly ActionFixture[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.xml'))
  .flatMap(readFile);
