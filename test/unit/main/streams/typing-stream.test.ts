import { afterEach, describe, expect, it } from 'vitest';
import { compileText, eventsOf } from '../../../../core/keyboard/compile-text.ts';
import type { StreamOrder, StreamReport } from '../../../../main/streams/stream-messages.ts';
import { SshPool } from '../../../../main/streams/ssh/ssh-pool.ts';
import { TypingStream } from '../../../../main/streams/typing-stream.ts';
import { systemClock, type Clock } from '../../../../node/xmpp/clock.ts';
import { ManualTime } from '../../../support/manual-time.ts';
import { TypingServer } from '../../../support/typing-server.ts';

const unused = (): never => {
  throw new Error('no way goes through SSH');
};
const NO_SSH = { connector: { connect: unused }, questionsUntil: unused, clock: systemClock };

const EVENT_MS = 5;
/** Where French keyboards have the letter A. */
const LETTER = 0x10;

interface Given {
  /** With which key the server goes away. */
  readonly hangUpAfter?: number;
  readonly clock?: Clock;
}

type TypeOrder = Extract<StreamOrder, { readonly kind: 'type' }>;

describe('a text in the streams process', () => {
  let server: TypingServer;
  afterEach(() => server.stop());

  async function begin(text: string, more: Partial<TypeOrder> = {}, given: Given = {}) {
    server = await TypingServer.start(given.hangUpAfter);
    const way = { kind: 'tcp', host: '127.0.0.1', port: server.port, isTls: false } as const;
    const typed = { text, layout: 'fr', eventMs: EVENT_MS } as const;
    const order = { kind: 'type', id: 3, ...typed, credentials: {} } as const;
    const reports: StreamReport[] = [];
    const report = (one: StreamReport): void => void reports.push(one);
    const pool = new SshPool(NO_SSH);
    const stream = new TypingStream({ ...order, ways: [way], ...more }, report, pool, given.clock);
    return { stream, reports };
  }

  it('is typed for the layout of its guest', async () => {
    const { stream, reports } = await begin('é@€');
    await stream.type();
    expect(reports.at(-1)).toEqual({
      ...{ kind: 'typing-ended', id: 3, how: 'done', certain: 3, sent: 3 },
    });
    expect(server.keys.map(({ isDown, scancode }) => ({ scancode, down: isDown }))).toEqual(
      eventsOf(compileText('é@€', { layout: 'fr' })),
    );
  });

  it('is stopped at the key it has come to, with all keys released', async () => {
    const clock = new ManualTime();
    const { stream, reports } = await begin('A'.repeat(1000), {}, { clock });
    const typing = stream.type();
    while (server.keys.length < 20) await clock.pass(EVENT_MS);
    stream.stop();
    // No more time has to pass for it.
    await typing;
    const [end] = reports.filter((one) => one.kind === 'typing-ended');
    expect([end?.how, end!.sent < 1000]).toEqual(['stopped', true]);
    // No key was pressed after it: what is told is what came.
    const letters = () => server.keys.filter((one) => one.isDown && one.scancode === LETTER).length;
    await expect.poll(() => [letters(), server.down]).toEqual([end!.sent, []]);
  });

  it('is not begun where a character has no key, and how many is all that is told', async () => {
    const { stream, reports } = await begin('aж☃');
    await stream.type();
    expect([reports, server.keys]).toEqual([[{ kind: 'typing-failed', id: 3, untypable: 2 }], []]);
  });

  it('is counted when the connection breaks in its middle', async () => {
    const { stream, reports } = await begin('abcd'.repeat(50), {}, { hangUpAfter: 40 });
    await stream.type();
    const read = server.keys.filter(({ isDown }) => isDown).length;
    const [end] = reports.filter((one) => one.kind === 'typing-ended');
    expect(end?.how).toBe('lost');
    expect([end!.certain <= read, read <= end!.sent]).toEqual([true, true]);
  });

  it('says why a screen cannot be opened', async () => {
    const ways = [{ kind: 'tcp', host: '127.0.0.1', port: 1, isTls: false }] as const;
    const { stream, reports } = await begin('a', { ways: [...ways] });
    await stream.type();
    expect(reports).toMatchObject([{ kind: 'typing-failed', failure: { code: 'unreachable' } }]);
  });
});
