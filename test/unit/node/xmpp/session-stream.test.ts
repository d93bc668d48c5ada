import { describe, expect, it } from 'vitest';
import { el, type ElementReader } from '../../../../core/xml/element.ts';
import { childText } from '../../../../node/xmpp/elements.ts';
import type { XmppSession } from '../../../../node/xmpp/session.ts';
import type { SessionState, StanzaTap } from '../../../../node/xmpp/session-types.ts';
import { FaultServer } from '../../../support/fault-server.ts';
import { sessionsOn } from './fault-session.ts';

const sessionOn = sessionsOn();

async function stateOf(session: XmppSession, kind: SessionState['kind']): Promise<SessionState> {
  if (session.state.kind === kind) return session.state;
  return new Promise((resolve) => {
    const stop = session.on('stateChanged', (state) => {
      if (state.kind !== kind) return;
      stop();
      resolve(state);
    });
  });
}

async function messageOf(session: XmppSession): Promise<ElementReader> {
  return new Promise((resolve) => session.on('message', resolve));
}

describe('a stream', () => {
  it.each([1, 2, 3, 7])('is read right when it comes in pieces of %i bytes', async (pieceBytes) => {
    const server = new FaultServer({ pieceBytes });
    const session = sessionOn(server);
    await session.connect();
    const message = messageOf(session);
    server.stream.write(`<message from='a@fault.test'><body>é€😀 <![CDATA[<x>]]></body></message>`);
    expect(childText(await message, 'body')).toBe('é€😀 <x>');
  });

  it.each([
    ['an undefined entity', '<message><body>&nope;</body></message>', 'not-well-formed'],
    ['an element closed by another', '<message><a></b></message>', 'not-well-formed'],
    ['a character XML forbids', '<message><body>&#0;</body></message>', 'not-well-formed'],
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><message/>', 'restricted-xml'],
    ['a comment', '<message><!-- hidden --></message>', 'restricted-xml'],
    ['a processing instruction', '<message><?php x ?></message>', 'restricted-xml'],
    ['something that is too deep and no stanza', '<a>'.repeat(70), 'too-deep'],
    ['a stanza without end', `<message><body>${'x'.repeat(64 * 65_536 + 1)}`, 'too-large'],
  ])('that carries %s is left and begun anew', async (_what, xml, detail) => {
    const server = new FaultServer();
    const limits = { stanzaBytes: 65_536, stanzaElements: 1000 };
    const session = sessionOn(server, { limits, random: () => 0 });
    await session.connect();
    const waiting = stateOf(session, 'waiting');
    server.stream.write(xml);
    expect(await waiting).toMatchObject({ reason: { code: 'stream-malformed', detail } });
    expect(await stateOf(session, 'online')).toMatchObject({ kind: 'online', resumed: false });
    expect(server.streams).toHaveLength(2);
  });

  it.each([
    ['is too deep', '<a>'.repeat(70) + '</a>'.repeat(70)],
    ['is too large', `<body>${'x'.repeat(100_000)}</body>`],
    ['has too many elements', '<a/>'.repeat(1200)],
  ])('is kept when a stanza %s, without what was in it', async (_what, content) => {
    const server = new FaultServer({ pieceBytes: 10_000 });
    const limits = { stanzaBytes: 65_536, stanzaElements: 1000 };
    const session = sessionOn(server, { limits });
    await session.connect();
    const heard: (string | undefined)[] = [];
    const done = new Promise<void>((resolve) => {
      session.on('message', (message) => {
        heard.push(childText(message, 'body')?.slice(0, 9));
        if (heard.length === 2) resolve();
      });
    });
    server.stream.write(`<message from='bomb@fault.test'>${content}</message>`);
    server.stream.write(`<message from='a@fault.test'><body>next</body></message>`);
    await done;
    expect([heard, session.state.kind, server.streams.length]).toEqual([
      [undefined, 'next'],
      'online',
      1,
    ]);
  });

  it('takes stanzas up to the limit, one after another', async () => {
    const server = new FaultServer();
    const session = sessionOn(server, { limits: { stanzaBytes: 65_536 } });
    await session.connect();
    const bodies: number[] = [];
    const done = new Promise<void>((resolve) => {
      session.on('message', (message) => {
        bodies.push(childText(message, 'body')?.length ?? 0);
        if (bodies.length === 5) resolve();
      });
    });
    const large = `<message><body>${'x'.repeat(60_000)}</body></message>`;
    server.stream.write(large.repeat(5));
    await done;
    expect([bodies, session.state.kind]).toEqual([Array(5).fill(60_000), 'online']);
  });

  it('survives addresses that nobody can read', async () => {
    const server = new FaultServer();
    const session = sessionOn(server);
    await session.connect();
    const message = messageOf(session);
    server.stream.write(`<message from='@'><body>bad</body></message>`);
    server.stream.write(`<message from='a@fault.test'><body>good</body></message>`);
    expect(childText(await message, 'body')).toBe('good');
  });

  it('survives a listener that throws, and tells the others', async () => {
    const bugs: unknown[] = [];
    const server = new FaultServer();
    const session = sessionOn(server, {}, (cause) => bugs.push(cause));
    await session.connect();
    session.on('message', () => {
      throw new Error('bug');
    });
    const message = messageOf(session);
    server.stream.write(`<message from='a@fault.test'><body>x</body></message>`);
    expect(childText(await message, 'body')).toBe('x');
    expect(bugs).toEqual([new Error('bug')]);
  });

  it('sends what XML cannot carry as a replacement, and line ends unchanged', async () => {
    const server = new FaultServer();
    const session = sessionOn(server);
    await session.connect();
    const body = el('body', { at: 'a\nb"<' }, ['one\r\ntwo \u0000 \ud800 <&>']);
    await session.send(el('message', { to: 'a@fault.test' }, [body]));
    const sent = await server.stream.stanza((stanza) => stanza.name === 'message');
    expect([sent.getChild('body')?.attrs['at'], sent.getChildText('body')]).toEqual([
      'a\nb"<',
      'one\r\ntwo \ufffd \ufffd <&>',
    ]);
  });

  it('shows its stanzas redacted, and never the login', async () => {
    const server = new FaultServer();
    const session = sessionOn(server, { redact: (text) => text.replace('secret', '***') });
    const taps: StanzaTap[] = [];
    session.on('stanza', (tap) => taps.push(tap));
    await session.connect();
    await session.send(el('message', {}, [el('body', {}, ['my secret'])]));
    const told = taps.map(({ direction, text }) => [direction, text]);
    expect(told.at(-1)).toEqual(['sent', '<message><body>my ***</body></message>']);
    expect(taps.every(({ text }) => !/auth|response|challenge/.test(text))).toBe(true);
  });

  it.each([
    ['system-shutdown', 'waiting'],
    ['policy-violation', 'waiting'],
    ['conflict', 'failed'],
  ] as const)('that ends with %s leaves the session %s', async (condition, kind) => {
    const server = new FaultServer();
    const session = sessionOn(server);
    await session.connect();
    const ended = stateOf(session, kind);
    const ns = 'urn:ietf:params:xml:ns:xmpp-streams';
    const text = `<text xmlns='${ns}'>why</text>`;
    server.stream.write(
      `<stream:error><${condition} xmlns='${ns}'/>${text}</stream:error></stream:stream>`,
    );
    expect(await ended).toMatchObject({ reason: { code: 'stream-error', condition, text: 'why' } });
  });
});
