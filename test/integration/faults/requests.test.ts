import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { MODULES } from '../../../core/protocol/all-actions.ts';
import { describeError } from '../../../core/messages/en/errors.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import type { Platform } from '../../../demo/platform.ts';
import { expectOk } from '../../support/expect-result.ts';
import { ApplicationOnPlatform, startTestPlatform } from '../client/application-on-platform.ts';

/** Somebody who may look, and nothing else. */
class AuditorOnPlatform extends ApplicationOnPlatform {
  override get account() {
    const { accounts } = this.platform.announcement;
    return accounts.find(({ role }) => role === 'auditor')!;
  }
}

let platform: Platform;
let on: ApplicationOnPlatform;
let auditor: AuditorOnPlatform;
let machine: Entity;

beforeAll(async () => {
  platform = await startTestPlatform();
  on = new ApplicationOnPlatform(platform);
  auditor = new AuditorOnPlatform(platform);
  await Promise.all([on.logIn(), auditor.logIn()]);
  machine = on.named(platform.world.hosts[0]!.machines[0]!.name);
});

afterEach(() => platform.server.domain.faults.clear());

afterAll(async () => {
  await Promise.all([on.stop(), auditor.stop()]);
  await platform.stop();
  expect([...on.bugs, ...auditor.bugs]).toEqual([]);
});

it('says in the words of the agent why it lacks an action', async () => {
  const { namespace, name } = MODULES.vnc.display;
  const text = 'The module vnc is not loaded: vnc is switched off in section [MODULES]';
  const match = { to: machine.jid, namespace, action: name };
  platform.server.domain.faults.add({ match, effect: { kind: 'not-implemented', text } });
  const answer = await on.application.call(machine.id, MODULES.vnc.display, {});
  expect(answer.ok ? answer : describeError(answer.error)).toEqual({
    title: `${machine.name} does not offer “display” of ${namespace}.`,
    hint: text,
  });
});

it('says that an action is lacking where the agent gives no reason', async () => {
  const { namespace, name } = MODULES.vm.networkinfo;
  const match = { to: machine.jid, namespace, action: name };
  platform.server.domain.faults.add({ match, effect: { kind: 'not-implemented' } });
  const answer = await on.application.call(machine.id, MODULES.vm.networkinfo, {});
  expect(answer.ok ? answer : describeError(answer.error)).toEqual({
    title: `${machine.name} does not offer “networkinfo” of ${namespace}.`,
    hint: 'Its module is not loaded there, or its agent is older.',
  });
});

it('does not send an order for which a permission is lacking, and names it', async () => {
  const own = auditor.named(machine.name);
  const answer = await auditor.application.call(own.id, MODULES.vm.destroy, {});
  expect({
    answer: answer.ok ? answer : describeError(answer.error),
    journal: auditor.application.journal.entries,
  }).toEqual({
    answer: {
      title: `You lack the permission “destroy” on ${machine.name}.`,
      hint: 'Ask an administrator for it.',
    },
    journal: [],
  });
});

it('believes an agent that refuses for want of a permission, and of no other', async () => {
  const { namespace, name } = MODULES.vm.suspend;
  const match = { to: machine.jid, namespace, action: name };
  platform.server.domain.faults.add({ match, effect: { kind: 'permission-denied' } });
  const state = await on.run('vm.pause', machine);
  expect({
    error: state.name === 'failed' && state.error,
    journal: on.application.journal.entries.map((entry) => entry.state),
    other: (await on.application.call(machine.id, MODULES.vm.info, {})).ok,
  }).toEqual({
    error: { code: 'denied', entity: machine.name, permission: 'suspend' },
    journal: ['failed'],
    other: true,
  });
});

it('shows line and column of what the agent cannot read in a definition', async () => {
  const { get, define } = MODULES['definition-text'];
  const before = expectOk(await on.application.call(machine.id, get, {})) as {
    readonly revision: string;
    readonly text: string;
  };
  const input = { base: before.revision, text: '<domain>\n  <name>web</nome>\n</domain>' };
  const answer = await on.application.call(machine.id, define, input);
  expect({
    answer: answer.ok ? answer : describeError(answer.error),
    after: expectOk(await on.application.call(machine.id, get, {})),
  }).toEqual({
    answer: {
      title: 'The definition was not accepted.',
      hint: `The details say why. If they do not, look into the log of the agent. ${machine.name} says: “line 2, column 12: mismatched-tag”.`,
    },
    after: before,
  });
});

it('shows what the hypervisor does not accept in a definition', async () => {
  const { get, define } = MODULES['definition-text'];
  const before = expectOk(await on.application.call(machine.id, get, {})) as {
    readonly revision: string;
    readonly text: string;
  };
  const text = before.text.replace(/<memory .*?<\/memory>/s, '');
  const input = { base: before.revision, text };
  const answer = await on.application.call(machine.id, define, input);
  expect(answer.ok ? answer : describeError(answer.error)).toEqual({
    title: 'libvirt does not accept the definition.',
    hint: `The details are libvirt’s own words. They name the element. ${machine.name} says: “XML error: missing memory element”.`,
  });
});

it('comes back online after an answer that is no XML', async () => {
  const { namespace, name } = MODULES.vm.info;
  const match = { to: machine.jid, namespace, action: name };
  platform.server.domain.faults.add({ match, effect: { kind: 'malformed' }, times: 1 });
  const answer = await on.application.call(machine.id, MODULES.vm.info, {});
  const session = on.application.accounts.entry(on.account.jid)!.session!;
  await on.audience.until(() => session.state.kind === 'online');
  await on.audience.until(() => on.online().length === on.agentCount);
  expect({
    answer,
    again: (await on.application.call(machine.id, MODULES.vm.info, {})).ok,
  }).toEqual({
    answer: { ok: false, error: { code: 'not-connected', jid: on.account.jid } },
    again: true,
  });
});
