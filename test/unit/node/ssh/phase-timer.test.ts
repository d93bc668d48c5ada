import { expect, it } from 'vitest';
import { PhaseTimer } from '../../../../node/ssh/phase-timer.ts';
import { ManualTime } from '../../../support/manual-time.ts';

function timer() {
  const clock = new ManualTime();
  const given: unknown[] = [];
  const subject = new PhaseTimer(clock, (phase, seconds) => given.push([phase, seconds]));
  let answer: (text: string) => void = () => undefined;
  const question = new Promise<string>((resolve) => (answer = resolve));
  return { clock, given, subject, question, answer: () => answer('yes') };
}

it('does not count how long somebody takes to answer, and all that comes after', async () => {
  const { clock, given, subject, question, answer } = timer();
  subject.begin('authentication', 30_000);
  const paused = subject.pausedFor(question);
  await clock.pass(600_000);
  const before = [...given];
  answer();
  await paused;
  await clock.pass(30_000);
  expect([before, given]).toEqual([[], [['authentication', 30]]]);
});

it('does not begin again when an answer comes after the attempt is over', async () => {
  const { clock, given, subject, question, answer } = timer();
  subject.begin('handshake', 15_000);
  const paused = subject.pausedFor(question);
  subject.end();
  answer();
  await paused;
  await clock.pass(600_000);
  expect(given).toEqual([]);
});
