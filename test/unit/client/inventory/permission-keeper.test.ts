import { expect, it } from 'vitest';
import { AccountView } from '../../../../client/inventory/account-view.ts';
import { Inventory } from '../../../../client/inventory/inventory.ts';
import { PermissionKeeper } from '../../../../client/inventory/permission-keeper.ts';
import type { AppError } from '../../../../core/contract/app-error.ts';
import { err, ok, type Result } from '../../../../core/lib/result.ts';
import { permissionChange, type Push } from '../../../../core/protocol/push.ts';
import { Pubsub } from '../../../../node/xmpp/pubsub.ts';
import { FakeSession } from '../../../support/fake-session.ts';
import { ManualTime, settled } from '../../../support/manual-time.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const WEB = jid('web@example.org');
const CHANGED: Push = {
  ...{ owner: WEB, topic: 'permissions', sentTopic: 'permissions' },
  ...{ change: permissionChange([ACCOUNT]), details: [] },
};

type Answer = Result<readonly { readonly name: string }[], AppError>;

/** A keeper whose questions the test answers, in the order in which they were asked. */
async function keeper() {
  const asked: ((answer: Answer) => void)[] = [];
  const surprised = (cause: unknown): never => {
    throw cause;
  };
  const inventory = new Inventory({
    clock: new ManualTime(),
    announce: () => undefined,
    report: surprised,
  });
  const view = new AccountView(inventory, ACCOUNT);
  view.learn(WEB, {});
  const permissions = new PermissionKeeper({
    // Of one action alone, whose replies these are.
    engine: { ask: () => new Promise((resolve) => asked.push(resolve as (one: Answer) => void)) },
    pubsub: new Pubsub(new FakeSession(), 'pubsub.example.org'),
    view,
  });
  const answer = async (at: number, ...names: readonly string[]): Promise<void> => {
    asked[at]?.(ok(names.map((name) => ({ name }))));
    await settled();
  };
  return { permissions, view, asked, answer };
}

it('asks again after a question on its way when permissions change meanwhile', async () => {
  const { permissions, view, asked, answer } = await keeper();
  const held = permissions.get(WEB);
  await settled();
  permissions.pushed(CHANGED);
  await settled();
  const before = asked.length;
  await answer(0, 'info');
  await answer(1, 'info', 'create');
  expect([before, asked.length, await held, view.facts(WEB)?.permissions]).toEqual([
    1,
    2,
    ['info', 'create'],
    ['info', 'create'],
  ]);
});

it('does not forget what is known when an older question fails at last', async () => {
  const { permissions, asked, answer } = await keeper();
  const old = permissions.get(WEB);
  await settled();
  permissions.forget();
  const held = permissions.get(WEB);
  await settled();
  await answer(1, 'info');
  asked[0]?.(err({ code: 'timed-out', entity: 'web', seconds: 30 }));
  await settled();
  const later = permissions.get(WEB);
  expect([await old, await held, await later, asked.length]).toEqual([
    ['info'],
    ['info'],
    ['info'],
    2,
  ]);
});
