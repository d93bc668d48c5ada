import { expect, it } from 'vitest';
import { entityId } from '../../../../core/domain/entity.ts';
import { err } from '../../../../core/lib/result.ts';
import { vmControl } from '../../../../core/protocol/vm-control.ts';
import { settled } from '../../../support/manual-time.ts';
import { ACCOUNT, ApplicationFixture } from '../application-fixture.ts';
import { presenceOf } from '../fake-fleet.ts';
import { HYPERVISOR, MACHINE, OneMachine } from './one-machine.ts';

const RUNNING = 1;

/** A machine is told to start over a link that stalls: nobody knows what became of the order. */
async function startedOverAStall(lostQuestions = 0) {
  const world = new OneMachine();
  let left = lostQuestions;
  const fixture = new ApplicationFixture((session) => {
    session.answer = (request) => {
      const isAct = request.payload.attributes['xmlns'] === vmControl.create.namespace;
      const isOrder = request.type === 'set' && isAct;
      const isLost = isAct && !isOrder && (left -= 1) >= 0;
      if (isOrder || isLost) return err({ code: 'unknown-outcome', because: 'timeout' });
      return world.fleet.answer(request);
    };
  });
  await fixture.connect();
  fixture.session.receive(presenceOf(`${HYPERVISOR}/rack1`, 'Online (1)'));
  fixture.session.receive(presenceOf(`${MACHINE}/rack1`, 'Off', 'xa'));
  await fixture.time.pass(3000);
  const order = async () => {
    const subject = entityId(ACCOUNT, MACHINE);
    const { signal } = new AbortController();
    await fixture.link.order(vmControl.create, MACHINE, {}, { run: 'r', subject, signal });
    await settled();
  };
  const stall = async () => {
    const reason = { code: 'link-closed' } as const;
    const retryAt = fixture.time.now();
    fixture.session.become({ kind: 'waiting', attempt: 1, retryAt, resumable: true, reason });
    await settled();
  };
  const resume = async () => {
    fixture.session.become({ kind: 'online', jid: `${ACCOUNT}/test`, resumed: true });
    await settled();
  };
  const outcome = () => fixture.application.journal.entries.at(-1)?.state;
  return { world, time: fixture.time, order, stall, resume, outcome };
}

it('waits anew after a long stall, because what was not acknowledged is sent again', async () => {
  const { world, time, order, stall, resume, outcome } = await startedOverAStall();
  await order();
  await stall();
  await time.pass(60_000);
  await resume();
  await time.pass(2000);
  const meanwhile = outcome();
  world.state = RUNNING;
  await time.pass(20_000);
  expect([meanwhile, outcome()]).toEqual(['unknown', 'done']);
});

it('forgets how long it has heard "no" when the link goes on after a short stall', async () => {
  const { world, time, order, stall, resume, outcome } = await startedOverAStall();
  await order();
  await time.pass(8000);
  await stall();
  await resume();
  await time.pass(8000);
  const meanwhile = outcome();
  world.state = RUNNING;
  await time.pass(20_000);
  expect([meanwhile, outcome()]).toEqual(['unknown', 'done']);
});

it('believes a "no" that lasts on an unbroken link', async () => {
  const { time, order, outcome } = await startedOverAStall();
  await order();
  await time.pass(9000);
  const meanwhile = outcome();
  await time.pass(5000);
  expect([meanwhile, outcome()]).toEqual(['unknown', 'failed']);
});

it('asks again when a question is lost and the machine is there all the time', async () => {
  const { world, time, order, outcome } = await startedOverAStall(3);
  await order();
  world.state = RUNNING;
  const meanwhile = outcome();
  await time.pass(60_000);
  expect([meanwhile, outcome()]).toEqual(['unknown', 'done']);
});
