import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { Inventory } from '../../../../client/inventory/inventory.ts';
import { Untold } from '../../../../client/inventory/untold.ts';
import type { InventoryDelta, InventorySnapshot } from '../../../../core/contract/inventory.ts';
import { entityId, type Entity } from '../../../../core/domain/entity.ts';
import type { Presence } from '../../../../core/protocol/presence.ts';
import { ManualTime } from '../../../support/manual-time.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

function inventory() {
  const time = new ManualTime();
  const deltas: InventoryDelta[] = [];
  const subject = new Inventory({
    clock: time,
    announce: (delta) => deltas.push(delta),
    report: (cause) => {
      throw cause;
    },
  });
  return { time, deltas, subject };
}

/** A window's mirror: a snapshot, brought forward by deltas. */
function mirrored(snapshot: InventorySnapshot, deltas: readonly InventoryDelta[]) {
  const entities = new Map<string, Entity>(snapshot.entities.map((one) => [one.id, one]));
  for (const delta of deltas.filter(({ revision }) => revision > snapshot.revision)) {
    for (const id of delta.removed) entities.delete(id);
    for (const entity of delta.changed) entities.set(entity.id, entity);
  }
  return byId([...entities.values()]);
}

function byId(entities: readonly Entity[]): readonly Entity[] {
  return [...entities].sort((one, other) => one.id.localeCompare(other.id));
}

const NODES = ['rack1', 'rack2', '0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41', 'bob'];
const step = fc.record({
  who: fc.constantFrom(...NODES),
  what: fc.constantFrom('online', 'offline', 'rename', 'remove', 'tag', 'live', 'dead', 'frame'),
  word: fc.constantFrom('Running', 'Paused', 'Online (3)', 'Off', ''),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function apply({ subject, time }: ReturnType<typeof inventory>, { who, what, word }: Step) {
  const contact = jid(`${who}@example.org`);
  const presence = {
    resource: 'rack1',
    presence: { status: word },
    priority: 0,
    photoHash: undefined,
    receivedAt: time.now(),
  };
  const roster = { name: word, groups: [word], subscription: 'both', pending: false } as const;
  if (what === 'frame') await time.pass(50);
  if (what === 'remove') subject.remove(ACCOUNT, contact);
  if (what === 'live' || what === 'dead') subject.setLive(ACCOUNT, what === 'live');
  if (what === 'online') subject.learn(ACCOUNT, contact, { presences: [presence], isHeard: true });
  if (what === 'offline') subject.learnKnown(ACCOUNT, contact, { presences: [], isHeard: true });
  if (what === 'rename') subject.learn(ACCOUNT, contact, { roster });
  if (what === 'tag') subject.learnKnown(ACCOUNT, contact, { tags: [word] });
}

it('tells in deltas exactly what leads from one snapshot to the next', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.nat(40), async (steps, cut) => {
      const one = inventory();
      let snapshot = one.subject.snapshot();
      for (const [index, each] of steps.entries()) {
        if (index === cut) snapshot = one.subject.snapshot();
        await apply(one, each);
      }
      one.subject.flush();
      expect(mirrored(snapshot, one.deltas)).toEqual(byId(one.subject.snapshot().entities));
    }),
    { numRuns: 60 },
  );
});

it('publishes the same whether or not somebody looked before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const [looked, left] = [inventory(), inventory()];
      for (const each of steps) {
        await apply(looked, each);
        looked.subject.entities();
        await apply(left, each);
      }
      const before = looked.subject.entities();
      looked.subject.flush();
      left.subject.flush();
      const published = byId(left.subject.snapshot().entities);
      expect(byId(looked.subject.snapshot().entities)).toEqual(published);
      expect(byId(before)).toEqual(published);
    }),
    { numRuns: 60 },
  );
});

it('tells changes within a frame together, and what did not change not at all', async () => {
  const { subject, time, deltas } = inventory();
  const contact = jid('rack1@example.org');
  const roster = { name: 'rack1', groups: [], subscription: 'both', pending: false } as const;
  subject.learn(ACCOUNT, contact, { roster });
  subject.learn(ACCOUNT, contact, { tags: ['lab'] });
  await time.pass(50);
  subject.learn(ACCOUNT, contact, { tags: ['lab'] });
  await time.pass(50);
  expect(
    deltas.map(({ revision, changed }) => [revision, changed.map(({ tags }) => tags)]),
  ).toEqual([[1, [['lab']]]]);
});

it('tells a burst in few deltas, which lead to what is there by then', async () => {
  const { subject, time, deltas } = inventory();
  const names = Array.from({ length: 60 }, (_, index) => `rack${index}`);
  for (const name of names) subject.learn(ACCOUNT, jid(`${name}@example.org`), { nick: name });
  let now = 0;
  // Each look at the clock finds that it has moved on: few entities fill a slice.
  const watch = vi.spyOn(performance, 'now').mockImplementation(() => (now += 3));
  try {
    await time.pass(20);
    subject.remove(ACCOUNT, jid('rack0@example.org'));
    subject.learn(ACCOUNT, jid('rack59@example.org'), { nick: 'last' });
    await time.pass(20);
  } finally {
    watch.mockRestore();
  }
  const told = deltas.flatMap(({ changed }) => changed.map(({ id }) => id));
  expect(new Set(told).size).toBe(60);
  expect(deltas.length).toBeLessThan(10);
  expect(mirrored({ revision: 0, entities: [], requests: [] }, deltas)).toEqual(
    byId(subject.snapshot().entities),
  );
});

it('tells what came and went within a burst as gone', () => {
  const untold = new Untold();
  const [one, other] = [fakeEntity('one@archipel.test'), fakeEntity('other@archipel.test')];
  untold.changed(one);
  untold.removed(one.id);
  untold.removed(other.id);
  untold.changed(other);
  expect(untold.take()).toEqual({ changed: [other], removed: [one.id] });
  expect(untold.take()).toEqual({ changed: [], removed: [] });
});

it('keeps the time since when a state holds while presences repeat it', async () => {
  const { subject, time } = inventory();
  const machine = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');
  const hear = (presence: Presence) => {
    const one = { resource: 'rack1', presence, priority: 0, photoHash: undefined };
    const presences = [{ ...one, receivedAt: time.now() }];
    subject.learn(ACCOUNT, machine, { presences, isHeard: true });
    subject.flush();
  };
  const began = time.now();
  hear({ status: 'Running' });
  await time.pass(1000);
  hear({ status: 'Running' });
  const [still] = subject.snapshot().entities;
  await time.pass(1000);
  hear({ show: 'xa', status: 'Off' });
  const [off] = subject.snapshot().entities;
  expect([still?.since, off?.since]).toEqual([began, began + 2000]);
});

it('forgets what failed once it is looked at, and which limit is passed once it is kept again', async () => {
  const one = inventory();
  const contact = jid('rack1@example.org');
  await apply(one, { who: 'rack1', what: 'online', word: 'Running' });
  one.subject.learnKnown(ACCOUNT, contact, { fault: 'refused', overLimit: 'CPU 97 %' });
  one.subject.flush();
  const id = entityId(ACCOUNT, contact);
  expect(one.subject.entity(id)).toMatchObject({ fault: 'refused', overLimit: 'CPU 97 %' });
  one.subject.seen(ACCOUNT, contact);
  one.subject.flush();
  expect(one.subject.entity(id)).not.toHaveProperty('fault');
  expect(one.subject.entity(id)).toMatchObject({ overLimit: 'CPU 97 %' });
  one.subject.underLimit(id);
  one.subject.flush();
  expect(one.subject.entity(id)).not.toHaveProperty('overLimit');
});

it('counts the entities with a fault, whatever becomes of them', () => {
  const { subject } = inventory();
  const counts: number[] = [];
  const count = (): void => {
    subject.flush();
    counts.push(subject.faultCount);
  };
  for (const node of ['a', 'b', 'c']) {
    subject.learn(ACCOUNT, jid(`${node}@example.org`), { fault: 'It failed' });
  }
  count();
  subject.seen(ACCOUNT, jid('a@example.org'));
  subject.learn(ACCOUNT, jid('b@example.org'), { fault: 'It failed again', nick: 'B' });
  count();
  subject.remove(ACCOUNT, jid('b@example.org'));
  subject.remove(ACCOUNT, jid('a@example.org'));
  count();
  expect(counts).toEqual([3, 2, 1]);
});
