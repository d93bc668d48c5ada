import { expect, it } from 'vitest';
import { PushDesk } from '../../../../agent/entities/push-desk.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import type { IqFailure } from '../../../../node/xmpp/session-failure.ts';
import { errorIq } from '../../../support/fake-session.ts';
import { settled } from '../../../support/manual-time.ts';
import { el } from '../../../../core/xml/element.ts';
import { expectErr } from '../../../support/expect-result.ts';

const LOST: IqFailure = { code: 'not-sent', because: 'offline' };

/** A desk whose service the test can refuse; which changes came through. */
function desk() {
  const told: unknown[] = [];
  let failure: IqFailure | undefined;
  const quiet = (): void => undefined;
  const pushes = new PushDesk({
    pubsub: {
      publish: async (_node, payload) => {
        if (failure) return err(failure);
        told.push(payload.attributes['change']);
        return ok('1');
      },
    },
    node: 'events',
    logger: { debug: quiet, info: quiet, warning: quiet, error: quiet },
    now: () => new Date(0),
  });
  return { pushes, told, fail: (because: IqFailure | undefined) => void (failure = because) };
}

it('tells when the link goes on what changed meanwhile, each change once, in order', async () => {
  const { pushes, told, fail } = desk();
  fail(LOST);
  pushes.tell('virtualmachine:control', 'suspended');
  pushes.tell('virtualmachine:definition', 'defined');
  pushes.tell('virtualmachine:control', 'suspended');
  await settled();
  fail(undefined);
  pushes.catchUp();
  pushes.catchUp();
  await settled();
  expect(told).toEqual(['defined', 'suspended']);
});

it('keeps what is lost once more, and not what the service itself refuses', async () => {
  const { pushes, told, fail } = desk();
  fail(LOST);
  pushes.tell('virtualmachine:control', 'suspended');
  await settled();
  pushes.catchUp();
  await settled();
  fail(expectErr(errorIq(el('error', { type: 'auth' }), 'forbidden')));
  pushes.tell('virtualmachine:control', 'resumed');
  await settled();
  fail(undefined);
  pushes.catchUp();
  await settled();
  expect(told).toEqual(['suspended']);
});

it('keeps a hundred changes at most, the newest', async () => {
  const { pushes, told, fail } = desk();
  fail(LOST);
  for (let user = 0; user < 150; user += 1) pushes.tell('permissions', `[user-${user}]`);
  await settled();
  fail(undefined);
  pushes.catchUp();
  await settled();
  expect([told.length, told[0], told.at(-1)]).toEqual([100, '[user-50]', '[user-149]']);
});
