import { afterEach, describe, expect, it } from 'vitest';
import { compileText, eventsOf } from '../../../../core/keyboard/compile-text.ts';
import { ServerKeyboard } from '../../../../core/keyboard/server-keyboard.ts';
import { ConsoleTypist, type Typed } from '../../../../node/rfb/console-typist.ts';
import type { HeadlessRfb } from '../../../../node/rfb/headless-rfb.ts';
import { systemClock } from '../../../../node/xmpp/clock.ts';
import { TypingServer } from '../../../support/typing-server.ts';
import { viewTcp } from '../../../support/viewers.ts';

describe('typing on a screen', () => {
  let server: TypingServer;
  let viewer: HeadlessRfb;
  afterEach(() => {
    viewer.close();
    server.stop();
  });

  async function typist(
    text: string,
    hangUpAfter?: number,
    progressed: (typed: Typed) => void = () => undefined,
  ) {
    server = await TypingServer.start(hangUpAfter);
    viewer = await viewTcp(server.port);
    const keyboard = new ServerKeyboard({ layout: 'fr' });
    const plan = compileText(text, { layout: 'fr' });
    const options = { keyboard, clock: systemClock, eventMs: 1, progressed };
    return new ConsoleTypist(viewer, plan, options);
  }

  const keysOf = (text: string) =>
    eventsOf(compileText(text, { layout: 'fr' })).map(({ scancode, down }) => ({
      ...{ isDown: down, keysym: 0, scancode },
    }));

  it('ends when the server has read all of it, each key once', async () => {
    const end = await (await typist('é@€ Abc')).type();
    expect(end).toEqual({ how: 'done', certain: 7, sent: 7 });
    expect(server.keys).toEqual(keysOf('é@€ Abc'));
  });

  it('stops with no key down, and sends nothing after', async () => {
    const typing = await typist('A'.repeat(500), undefined, ({ sent }) => {
      if (sent === 100) typing.stop();
    });
    const end = await typing.type();
    expect(end).toMatchObject({ how: 'stopped', certain: 100, sent: 100 });
    expect(server.keys.filter(({ isDown, scancode }) => isDown && scancode === 0x10)).toHaveLength(
      100,
    );
    expect(server.down).toEqual([]);
  });

  it('knows how much was typed when the connection breaks, and types nothing twice', async () => {
    const text = 'abcdefghij'.repeat(20);
    const end = await (await typist(text, 101)).type();
    const read = server.keys.filter(({ isDown }) => isDown).length;
    expect(server.keys).toEqual(keysOf(text).slice(0, 101));
    expect(end).toMatchObject({ how: 'lost', failure: { code: 'closed-early' } });
    expect([end.certain <= read, read <= end.sent, end.sent < text.length]).toEqual([
      ...[true, true, true],
    ]);
  });
});
