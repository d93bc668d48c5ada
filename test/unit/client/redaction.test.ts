import { expect, it } from 'vitest';
import { redactData, redactStanza } from '../../../client/redaction.ts';

const MASKED: readonly (readonly [what: string, text: string, masked: string])[] = [
  [
    'a VNC password in a definition',
    `<domain><graphics type='vnc' passwd='hunter2'/></domain>`,
    `<domain><graphics type='vnc' passwd='•••'/></domain>`,
  ],
  [
    'a VNC password in a definition that travels as text',
    `<text>&lt;domain&gt;&lt;graphics passwd="hunter2"/&gt;&lt;/domain&gt;</text>`,
    `<text>&lt;domain&gt;&lt;graphics passwd="•••"/&gt;&lt;/domain&gt;</text>`,
  ],
  [
    'credentials in a description',
    '<description>uuid@example.org::::hunter2</description>',
    '<description>uuid@example.org::::•••</description>',
  ],
  [
    'SASL',
    `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>aHVudGVyMg==</auth>`,
    `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>•••</auth>`,
  ],
  [
    'in-band registration',
    `<iq><query xmlns='jabber:iq:register'><password>hunter2</password></query></iq>`,
    `<iq><query xmlns='jabber:iq:register'><password>•••</password></query></iq>`,
  ],
  [
    'private storage, but not what it is called',
    `<query xmlns='jabber:iq:private'><roster xmlns='roster:delimiter'>hunter2</roster></query>`,
    `<query xmlns='jabber:iq:private'><roster xmlns='roster:delimiter'>•••</roster></query>`,
  ],
  [
    'a password of a user made through the central agent',
    `<archipel action='register'><user jid='bob@example.org' password='hunter2'/></archipel>`,
    `<archipel action='register'><user jid='bob@example.org' password='•••'/></archipel>`,
  ],
  [
    'a password in a form',
    `<x><field var='password' type='text-private'><value>hunter2</value></field></x>`,
    `<x><field var='password' type='text-private'><value>•••</value></field></x>`,
  ],
];

/** What is written anew gets double quotes. */
function quoted(text: string): string {
  return text.replaceAll("'", '"');
}

it.each(MASKED)('masks %s and nothing else', (_what, text, masked) => {
  expect(redactStanza(quoted(text))).toBe(quoted(masked));
});

it('leaves a stanza without secrets as it was written, to the letter', () => {
  const text = `<presence   from="a@b/c"><status>Off</status  ></presence>`;
  expect(redactStanza(text)).toBe(text);
});

it('masks a suspicious text whole when it cannot be read', () => {
  expect(redactStanza(`<graphics passwd='hunter2'`)).toBe('•••');
});

it('masks secrets in a definition that is to be stored as text', () => {
  const text = '<domain><graphics type="vnc" passwd="hunter2"/></domain>';
  expect(redactData({ base: 'a1', text })).toEqual({
    base: 'a1',
    text: '<domain><graphics type="vnc" passwd="•••"/></domain>',
  });
});

it('masks secrets in data that is to be stored', () => {
  const data = {
    jid: 'a@b',
    password: 'hunter2',
    nested: [{ description: 'a@b::::hunter2', count: 1 }],
    domain: { name: 'graphics', attributes: { passwd: 'hunter2' }, children: [] },
  };
  expect(redactData(data)).toEqual({
    jid: 'a@b',
    password: '•••',
    nested: [{ description: 'a@b::::•••', count: 1 }],
    domain: { name: 'graphics', attributes: { passwd: '•••' }, children: [] },
  });
});

it('masks keys that are pressed, since a text of them may be a password', () => {
  expect(redactData({ scancodes: ['1e'], holdMs: 10 })).toEqual({ scancodes: '•••', holdMs: 10 });
  const stanza = '<archipel xmlns="archipel:vm:console" action="sendkeys" scancodes="1e,30"/>';
  expect(redactStanza(stanza)).toBe(stanza.replace('1e,30', '•••'));
});
