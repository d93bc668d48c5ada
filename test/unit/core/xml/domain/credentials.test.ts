import { describe, expect, it } from 'vitest';
import { parseJid } from '../../../../../core/domain/jid.ts';
import {
  credentialsIn,
  mayHoldCredentials,
  withCredentials,
  withoutCredentials,
} from '../../../../../core/xml/domain/credentials.ts';
import { parseXml } from '../../../../../core/xml/parse.ts';
import { serialize } from '../../../../../core/xml/write.ts';
import { expectOk } from '../expect.ts';
import { fixture } from '../fixtures.ts';
import { changedLines } from '../lines.ts';

const rootOf = (text: string) => expectOk(parseXml(text)).root;
const jid = parseJid('5e6b0f1e-7f63-4d71-8a0c-2f9a4d7a90b3@xmpp.test')!.bare;

describe('credentials in a description', () => {
  it('are found, whatever the password holds', () => {
    expect(credentialsIn(rootOf(fixture('domain-from-agent.xml')))).toEqual({
      jid,
      password: 'V3ry&Secret:::x',
    });
  });

  it('are taken out and leave nothing behind', () => {
    const text = fixture('domain-from-agent.xml').trim();
    expect(serialize(withoutCredentials(rootOf(text)))).toBe(
      text.replace(/<description>.*<\/description>/, ''),
    );
  });

  it('are taken out of the domain in a snapshot, whose own description stays', () => {
    const text = fixture('snapshot.xml').trim();
    expect(changedLines(text, serialize(withoutCredentials(rootOf(text))))).toEqual([
      '-    <description>93a5c045-6457-2c09-e56c-927cdf34e178@xmpp.test::::abc</description>',
    ]);
  });

  it('are possible only where there is a description, however it is written', () => {
    const texts = [
      '<description>a@b::::c</description>',
      "<description id='1'/>",
      '<title>a@b::::c</title>',
    ];
    expect(texts.map(mayHoldCredentials)).toEqual([true, true, false]);
  });

  it('are taken out when written as a section or split by comments', () => {
    const text = `<domain><description><![CDATA[a@b::]]><!-- x -->::c</description><name/></domain>`;
    expect(serialize(withoutCredentials(rootOf(text)))).toBe('<domain><name/></domain>');
  });

  it.each(['plain words', 'a::::b', 'b.example::::c', 'a@b/resource::::c', ''])(
    'are not seen in "%s"',
    (description) => {
      const root = rootOf(`<domain><description>${description}</description></domain>`);
      expect(credentialsIn(root)).toBeUndefined();
      expect(withoutCredentials(root)).toBe(root);
    },
  );

  it('are put in behind the name, and out again without a trace', () => {
    const root = rootOf('<domain>\n  <name>a</name>\n  <memory>1</memory>\n</domain>');
    const carrying = withCredentials(root, { jid, password: 'p<>w' });
    expect(serialize(carrying)).toBe(
      `<domain>\n  <name>a</name>\n  <description>${jid}::::p&lt;&gt;w</description>\n  <memory>1</memory>\n</domain>`,
    );
    expect(credentialsIn(carrying)).toEqual({ jid, password: 'p<>w' });
    expect(serialize(withoutCredentials(carrying))).toBe(serialize(root));
  });
});
