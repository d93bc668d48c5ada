import { PassThrough, type Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { SshFailureError } from '../../../../node/ssh/ssh-failure-error.ts';
import { digTunnel } from '../../../../node/ssh/ssh-transport.ts';
import { ManualTime, settled } from '../../../support/manual-time.ts';

/** A tunnel through a jump host that answers when the test says so. */
function digging() {
  const clock = new ManualTime();
  const stopped = new AbortController();
  let answer: (channel: Duplex) => void = () => undefined;
  const through = { tunnel: () => new Promise<Duplex>((resolve) => (answer = resolve)) };
  const target = { host: 'inner.example.org', port: 22, connectTimeoutMs: 10_000 };
  const failure = digTunnel(target, through, { clock, signal: stopped.signal }).then(
    () => undefined,
    (cause: unknown) => (cause instanceof SshFailureError ? cause.failure : cause),
  );
  const channel = new PassThrough();
  return { clock, stopped, failure, channel, answer: () => answer(channel) };
}

it('gives up what a jump host does not reach in time, and ends what comes too late', async () => {
  const { clock, failure, channel, answer } = digging();
  await clock.pass(10_000);
  expect(await failure).toEqual({
    ...{ code: 'ssh-timed-out', address: 'inner.example.org:22', phase: 'connect', seconds: 10 },
  });
  answer();
  await settled();
  expect(channel.destroyed).toBe(true);
});

it('is called off while a jump host still tries', async () => {
  const { stopped, failure } = digging();
  stopped.abort();
  expect(await failure).toEqual({ code: 'cancelled' });
});

it('leaves alone what came in time', async () => {
  const { clock, failure, channel, answer } = digging();
  answer();
  expect(await failure).toBeUndefined();
  await clock.pass(60_000);
  expect(channel.destroyed).toBe(false);
});
