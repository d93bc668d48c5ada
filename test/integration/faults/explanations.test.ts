import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Failure } from '../../../core/contract/explanation.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import { MODULES } from '../../../core/protocol/all-actions.ts';
import type { Platform } from '../../../demo/platform.ts';
import { ApplicationOnPlatform, startTestPlatform } from '../client/application-on-platform.ts';

const WAIT_MS = 10_000;

let platform: Platform;
let on: ApplicationOnPlatform;
let machine: Entity;

beforeAll(async () => {
  platform = await startTestPlatform();
  on = new ApplicationOnPlatform(platform);
  await on.logIn();
  const [host] = platform.world.hosts;
  machine = on.named(host!.machines[0]!.name);
  // What an agent is, it tells after its presence; only one of ours is asked for its modules.
  await vi.waitFor(() => expect(on.named(host!.name).agent?.generation).toBe('ours'), WAIT_MS);
});

afterEach(() => platform.server.domain.faults.clear());

afterAll(async () => {
  await on.stop();
  await platform.stop();
  expect(on.bugs).toEqual([]);
});

async function explained(failure: Failure) {
  const reply = await on.application.handlers.diagnosis.explain(failure, { windowId: 1 });
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value;
}

it('explains a 501 with its stanzas, the module and what the agent says of it', async () => {
  const { namespace, name } = MODULES.vnc.display;
  const text = 'The module vnc is not loaded: token vnc_certificate_file is missing';
  const match = { to: machine.jid, namespace, action: name };
  platform.server.domain.faults.add({ match, effect: { kind: 'not-implemented', text } });
  const answer = await on.application.call(machine.id, MODULES.vnc.display, {});
  if (answer.ok) throw new Error('It was answered');
  const found = await explained({ error: answer.error, entity: machine.id });
  expect({
    ...found,
    request: found.request?.xml.includes(`xmlns="${namespace}"`),
    answer: found.answer?.xml.includes(text),
    took: found.answer?.answers?.id === found.request?.id,
    log: found.log?.error,
  }).toMatchObject({
    entity: { name: machine.name, jid: machine.jid },
    action: { namespace, name },
    // The agent that was told to refuse has the module after all.
    module: { id: 'vnc', state: 'loaded', reason: text },
    request: true,
    answer: true,
    took: true,
    log: undefined,
  });
});

it('explains a failed order of a run by the very stanza of it', async () => {
  const { namespace, name } = MODULES.vm.suspend;
  const match = { to: machine.jid, namespace, action: name };
  platform.server.domain.faults.add({ match, effect: { kind: 'permission-denied' } });
  const state = await on.run('vm.pause', machine);
  if (state.name !== 'failed') throw new Error(`It is ${state.name}`);
  const { error, at } = state;
  const run = on.application.runs.list()[0]!.id;
  const found = await explained({ error, at, run, entity: machine.id });
  const [order] = on.application.journal.entries;
  expect({
    permission: found.permission,
    id: found.request?.xml.includes(`id="${order!.stanzaId!}"`),
    refused: found.answer?.type,
  }).toEqual({
    permission: { name: 'suspend', grantedBy: [on.account.jid] },
    id: true,
    refused: 'error',
  });
});

it('shows no stanza where they were cleared meanwhile', async () => {
  await on.application.handlers.stanzas.clear(undefined, { windowId: 1 });
  const error = { code: 'timed-out', entity: machine.name, seconds: 20 } as const;
  expect((await explained({ error })).request).toBeUndefined();
});
