import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../../../core/xml/parse.ts';
import { evaluateXPath } from '../../../../../core/xml/xpath/evaluate.ts';
import { stringOf } from '../../../../../core/xml/xpath/node.ts';
import { parseXPath } from '../../../../../core/xml/xpath/parse.ts';
import { requiredWords } from '../../../../../core/xml/xpath/required-words.ts';
import { isNodes } from '../../../../../core/xml/xpath/value.ts';
import { expectOk } from '../expect.ts';

const VM = 'archipel:vm:control';
const STANZA = `<iq type="result" id="7" from="web@x.test/atoll"><query xmlns="${VM}">
  <info state="1" memory="2048" xmlns:s="urn:stats" s:load="0.5"><nic mac="aa">first</nic><nic mac="bb">second</nic></info>
  <domain><name>web</name><devices><nic mac="cc"/></devices></domain>
</query></iq>`;
const PREFIXES = { vm: VM, stats: 'urn:stats' };

/** What an expression is worth for the stanza; of nodes their texts, or their names where they have none. */
function worth(text: string): unknown {
  const { root } = expectOk(parseXml(STANZA));
  const value = expectOk(evaluateXPath(expectOk(parseXPath(text, PREFIXES)), root));
  return isNodes(value) ? value.map((node) => stringOf(node).trim() || node.name) : value;
}

describe('an expression', () => {
  it.each<[string, unknown]>([
    ['/iq/query/info/nic', ['first', 'second']],
    ['iq/query/info/@memory', ['2048']],
    ['/iq/nic', []],
    ['//nic/@mac', ['aa', 'bb', 'cc']],
    ['//nic[1]/@mac', ['aa', 'cc']],
    ['//nic[last()]/@mac', ['bb', 'cc']],
    ['//nic[@mac="bb"]', ['second']],
    ['//nic[position() > 1]', ['second']],
    ["//nic[. = 'first']/../@state", ['1']],
    ['//domain//nic/@mac', ['cc']],
    ['//info/nic/text()', ['first', 'second']],
    ['//devices/node()', ['nic']],
    ['/iq/@*', ['result', '7', 'web@x.test/atoll']],
    ['/*/@id | //name | //nic[3]', ['7', 'web']],
    ['//name | /iq/@id', ['7', 'web']],
    ['count(//nic)', 3],
    ['count(//nic | //nic)', 3],
    ['//info/@memory > 1024', true],
    ['//nic/@mac = "cc"', true],
    ['//nic/@mac != "cc"', true],
    ['not(//nic/@mac = "dd") and //info/@state = 1', true],
    ['//none or contains(/iq/@from, "@x.test")', true],
    ['starts-with(/iq/@from, "mail")', false],
    ['//vm:info/@state', ['1']],
    ['//stats:info', []],
    [`//Q{${VM}}name`, ['web']],
    ['//@stats:load', ['0.5']],
    ['local-name(//domain/*)', 'name'],
    ['namespace-uri(//info)', VM],
    ['string-length(normalize-space("  a  b "))', 3],
    ['concat(//name, "-", 1)', 'web-1'],
    ['number(//name)', Number.NaN],
    ['boolean(//name) = true()', true],
    ['("a")', 'a'],
    ['string(//nic)', 'first'],
    ['/', ['first', 'second', 'web'].join('')],
  ])('%s', (text, expected) => {
    const value = worth(text);
    const shown = text === '/' ? String(value).replaceAll(/\s/gu, '') : value;
    expect(shown).toEqual(expected);
  });

  it('names may be written like operators', () => {
    const { root } = expectOk(parseXml('<or and="1"><and/></or>'));
    const expression = expectOk(parseXPath('/or/and or /or/@and = 2'));
    expect(evaluateXPath(expression, root)).toEqual({ ok: true, value: true });
  });
});

describe('what is no expression of the subset', () => {
  it.each([
    ['', 'unfinished', 0],
    ['//', 'unfinished', 2],
    ['/iq[', 'unfinished', 4],
    ['/iq]', 'unexpected', 3],
    ['/iq $x', 'unexpected', 4],
    ['ancestor::iq', 'unsupported-axis', 0],
    ['//x:info', 'unknown-prefix', 2],
    ['sum(//nic)', 'unknown-function', 0],
    ['contains("a")', 'wrong-arguments', 0],
    [`${'('.repeat(40)}1${')'.repeat(40)}`, 'too-deep', 33],
    ['a'.repeat(3000), 'too-long', 2000],
    ['//constructor:x', 'unknown-prefix', 2],
    ['constructor()', 'unknown-function', 0],
  ])('%s is refused', (text, code, at) => {
    expect(parseXPath(text)).toMatchObject({ ok: false, error: { code, at } });
  });
});

it('gives up over predicates that multiply', () => {
  const { root } = expectOk(parseXml(`<a>${'<b/>'.repeat(500)}</a>`));
  const expression = expectOk(parseXPath('//*[//*[//*[//none]]]'));
  expect(evaluateXPath(expression, root)).toEqual({ ok: false, error: { code: 'too-much' } });
});

it.each<[string, readonly string[]]>([
  ['/iq/query[@xmlns or archipel]/*', ['iq', 'query']],
  ['//error[item-not-found]/@code', ['error', 'item-not-found', 'code']],
  ['//nic[@mac="aa"] and //name', ['nic', 'mac', 'name']],
  ['//nic or //name', []],
  ['not(//nic)', []],
  ['count(//nic) = 0', []],
])('what matches %s holds certain words', (text, words) => {
  expect(requiredWords(expectOk(parseXPath(text)))).toEqual(words);
});
