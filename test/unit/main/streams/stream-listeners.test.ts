import { describe, expect, it } from 'vitest';
import type { StreamReport } from '../../../../main/streams/stream-messages.ts';
import {
  StreamListeners,
  type AnswerSsh,
  type StreamLoss,
} from '../../../../main/streams/stream-listeners.ts';
import { settled } from '../../../support/manual-time.ts';

/** Main's ear, and all that comes of what it hears. */
function ear(answer: AnswerSsh = async () => 'a password') {
  const notes: unknown[] = [];
  const said: object[] = [];
  const heard: StreamReport[] = [];
  const losses: StreamLoss[] = [];
  const listeners = new StreamListeners({ note: (_, cause) => void notes.push(cause), answer });
  const listener = () => ({
    hear: (report: StreamReport) => heard.push(report) < 0,
    lost: (why: StreamLoss) => void losses.push(why),
  });
  const hear = (message: unknown): void =>
    listeners.hear(message, (order) => void said.push(order));
  return { listeners, listener, hear, notes, said, heard, losses };
}

const failed = { kind: 'log-failed', id: 1, detail: 'EBADF' };
const endless = 'x'.repeat(20_000);

describe('what main hears of streams', () => {
  it('ends the one stream of which more is said than crosses, and no other', () => {
    const { listeners, listener, hear, said, heard, losses } = ear();
    const [shell, log] = [listeners.add(listener()), listeners.add(listener())];
    const failure = { code: 'ssh-handshake-failed', address: 'hv1:22', detail: endless };
    hear({ kind: 'terminal-ended', id: shell, failure });
    expect(losses).toMatchObject([{ code: 'stream-refused' }]);
    expect(said).toEqual([{ kind: 'close', id: shell }]);
    hear({ ...failed, id: log });
    expect(heard).toEqual([{ ...failed, id: log }]);
  });

  it('answers a question that is none with nothing, so that nobody waits for it', async () => {
    const { hear, said } = ear();
    const about = { kind: 'prompt', user: 'ada', address: 'hv1:22', isEchoed: false };
    hear({
      kind: 'ssh-question',
      id: 3,
      question: { ...about, prompt: '?', instructions: endless },
    });
    await settled();
    expect(said).toEqual([{ kind: 'answer-ssh', id: 3 }]);
  });

  it('tells nobody of a stream that was left', () => {
    const { listeners, listener, hear, heard, losses } = ear();
    listeners.forget(listeners.add(listener()));
    hear(failed);
    expect([heard, losses, listeners.has(1)]).toEqual([[], [], false]);
  });

  it('gives no answer to a process that has ended while the user was asked', async () => {
    let settle: (answer: string) => void = () => undefined;
    const { listeners, hear, said } = ear(() => new Promise((resolve) => (settle = resolve)));
    const question = { kind: 'password', user: 'ada', address: 'hv1:22', isAgain: false };
    hear({ kind: 'ssh-question', id: 1, question });
    listeners.lost();
    settle('late');
    await settled();
    expect(said).toEqual([]);
  });

  it('only puts down what is for no stream at all', () => {
    const { hear, notes, said } = ear();
    hear('nonsense');
    expect([notes.length, said]).toEqual([1, []]);
  });
});
