import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Platform } from '../../../demo/platform.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import type { FaultEffect } from '../../../demo/server/faults.ts';
import { ApplicationOnPlatform, startTestPlatform } from './application-on-platform.ts';

let platform: Platform;
let on: ApplicationOnPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
});

beforeEach(() => {
  platform.server.domain.faults.clear();
});

afterAll(async () => {
  await platform.stop();
});

const CUTS: readonly (readonly [kind: FaultEffect['kind'], outcome: string])[] = [
  ['cut-before-delivery', 'failed'],
  ['cut-after-delivery', 'done'],
  ['cut-before-answer', 'done'],
];

/** Orders that are lost: what a state shows afterwards, and what none shows. */
const ORDERS = [
  ['vm.pause', 'suspend'],
  ['vm.reboot', 'reboot'],
] as const;
type Order = (typeof ORDERS)[number];

const LOST = ORDERS.flatMap(([command, action]) =>
  CUTS.map(([kind, outcome]) => ({ order: [command, action] as Order, kind, outcome, action })),
);

/** Gives an order while the link is cut, and waits until it is known what came of it. */
async function orderAndCut([command, action]: Order, kind: FaultEffect['kind']) {
  await on.logIn();
  const machine = on.online().find((one) => one.state === 'running');
  if (!machine) throw new Error('No machine runs');
  platform.server.domain.faults.add({
    match: { to: machine.jid, action },
    effect: { kind } as FaultEffect,
    times: 1,
  });
  const first = await on.run(command, machine);
  const last = await on.audience.until(() => {
    const [run] = on.audience.told.runs.values();
    const state = run?.items[0]?.state;
    return state?.name === 'unknown' ? undefined : state;
  });
  const entries = on.application.journal.entries.map(({ action, state }) => `${action} ${state}`);
  await on.stop();
  return { first: first.name, last: last.name, entries, bugs: on.bugs };
}

it.each(LOST)(
  'knows after a $kind on a link that cannot be resumed that the $action is $outcome',
  async ({ order, kind, outcome, action }) => {
    on = new ApplicationOnPlatform(platform, undefined, {
      createSession: (options) => new XmppSession({ ...options, streamManagement: false }),
    });
    expect(await orderAndCut(order, kind)).toEqual({
      first: 'unknown',
      last: outcome,
      entries: [`${action} ${outcome}`],
      bugs: [],
    });
  },
);

it.each(CUTS)('is told the answer all the same after a %s when the link resumes', async (kind) => {
  on = new ApplicationOnPlatform(platform);
  expect(await orderAndCut(ORDERS[0], kind)).toEqual({
    first: 'done',
    last: 'done',
    entries: ['suspend done'],
    bugs: [],
  });
});
