import { describe, expect, it } from 'vitest';
import { SshProfiles } from '../../../../client/ssh/ssh-profiles.ts';
import { ok } from '../../../../core/lib/result.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { SshFailureError } from '../../../../node/ssh/ssh-failure-error.ts';
import { SshRoutes } from '../../../../node/ssh/ssh-route.ts';
import { SshDesk, type SshDeskPorts } from '../../../../main/ssh/ssh-desk.ts';
import type { SshTarget } from '../../../../main/streams/ssh/ssh-messages.ts';
import type { StreamListener } from '../../../../main/streams/stream-listeners.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { MemoryStorage } from '../../../support/client-ports.ts';

const caller = { windowId: 7 };
const hypervisor = fakeEntity('hv1@example.org', { kind: 'hypervisor', name: 'hv1' });
const machine = fakeEntity('web@example.org', { kind: 'virtualmachine', name: 'web' });
const surroundings = {
  ...{ home: '/home/ada', localUser: 'ada', environment: {} },
  platform: 'linux',
} as const;

function desk(routes?: SshDeskPorts['routes']) {
  const opened: { target: SshTarget; listener: StreamListener }[] = [];
  const told: unknown[] = [];
  const started: (readonly string[])[] = [];
  const orders: unknown[] = [];
  const made = new SshDesk({
    client: {
      entity: (id) => [hypervisor, machine].find((one) => one.id === id),
      placeOf: () => 'here',
    },
    profiles: new SshProfiles(new MemoryStorage()),
    routes: routes ?? new SshRoutes({ configFiles: [], surroundings }),
    streams: {
      open: (order, listener) => {
        if (order.kind === 'test-ssh') opened.push({ target: order.target, listener });
        return opened.length;
      },
      tell: (id, order) => void orders.push([id, order]),
    },
    tell: () => ({ stepped: (step) => void told.push(step) }),
    inTerminal: async (program) => (started.push(program), ok(undefined)),
    messages: () => messagesFor('en'),
  });
  return { made, opened, told, orders, started };
}

describe('the SSH profile of a hypervisor', () => {
  it('is proposed from its address until the user saves one, and again once that is forgotten', async () => {
    const { made } = desk();
    const entity = hypervisor.id;
    const proposed = await made.handlers.profile({ entity }, caller);
    await made.handlers.save({ entity, profile: { host: 'far', user: 'root', port: 22 } }, caller);
    const saved = await made.handlers.profile({ entity }, caller);
    await made.handlers.save({ entity }, caller);
    const files = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => `/home/ada/.ssh/${name}`);
    const rest = { isEmbedded: false };
    const way = { identityFiles: files, through: [] };
    expect([proposed, saved, await made.target(hypervisor)]).toEqual([
      {
        ok: true,
        value: {
          ...{ profile: { host: 'hv1' }, isProposed: true, ...rest },
          way: { address: 'hv1:22', user: 'ada', ...way },
        },
      },
      {
        ok: true,
        value: {
          ...{ profile: { host: 'far', user: 'root', port: 22 }, isProposed: false, ...rest },
          way: { address: 'far:22', user: 'root', ...way },
        },
      },
      { host: 'hv1' },
    ]);
  });

  it('says why ssh_config cannot be followed', async () => {
    const failure = { code: 'ssh-config-unusable', file: 'config', detail: 'no' } as const;
    const { made } = desk({ to: () => Promise.reject(new SshFailureError(failure)) });
    const view = await made.handlers.profile({ entity: hypervisor.id }, caller);
    expect(view).toMatchObject({ ok: true, value: { way: failure } });
  });

  it('is of hypervisors alone', async () => {
    const reply = await desk().made.handlers.profile({ entity: machine.id }, caller);
    expect(reply).toEqual({ ok: false, error: { code: 'not-found', what: machine.id } });
  });

  it('goes to the host of the embedded platform, by its own key, whatever a page says', async () => {
    const { made, opened } = desk();
    made.embeddedIs({
      hypervisors: [{ jid: hypervisor.jid, name: 'atoll' }],
      ssh: {
        ...{ host: '127.0.0.1', port: 2022, hostKey: '', fingerprint: 'SHA256:demo' },
        ...{ password: 'of this run', log: '' },
      },
    });
    void made.handlers.test(
      { key: 'k', entity: hypervisor.id, profile: { host: 'elsewhere' } },
      caller,
    );
    await expect.poll(() => opened.length).toBe(1);
    expect(opened[0]?.target).toEqual({
      ...{ host: '127.0.0.1', port: 2022, user: 'atoll', jump: 'none', pinnedKey: 'SHA256:demo' },
    });
    expect([
      made.embeddedPassword('127.0.0.1:2022'),
      made.embeddedPassword('hv1.example.org:22'),
    ]).toEqual(['of this run', undefined]);
  });
});

it('opens the host in the terminal of the user, as the profile says and without a secret', async () => {
  const { made, started } = desk();
  const entity = hypervisor.id;
  const profile = { host: 'far', port: 2222, user: 'root', identityFile: '~/key', jump: 'gate' };
  await made.handlers.save({ entity, profile }, caller);
  expect(await made.handlers.openTerminal({ entity }, caller)).toEqual(ok(undefined));
  expect(started).toEqual([
    ['ssh', '-p', '2222', '-l', 'root', '-i', '~/key', '-J', 'gate', '--', 'far'],
  ]);
});

describe('the test of an SSH profile', () => {
  const order = { key: 'k', entity: hypervisor.id, profile: { host: 'hv1' } };
  const step = { name: 'connecting', address: 'hv1:22' } as const;

  it('tells its window each step, and how it ended', async () => {
    const { made, opened, told } = desk();
    const reply = made.handlers.test(order, caller);
    await expect.poll(() => opened.length).toBe(1);
    const { listener } = opened[0]!;
    expect(listener.hear({ kind: 'ssh-step', id: 1, step })).toBe(false);
    expect(listener.hear({ kind: 'ssh-tested', id: 1, tookMs: 12 })).toBe(true);
    expect([await reply, told]).toEqual([
      { ok: true, value: { tookMs: 12 } },
      [{ key: 'k', step }],
    ]);
  });

  it('can be stopped when it was begun anew before the one before it had ended', async () => {
    const { made, opened, orders } = desk();
    const first = made.handlers.test(order, caller);
    void made.handlers.test(order, caller);
    await expect.poll(() => opened.length).toBe(2);
    const failure = { code: 'cancelled' } as const;
    opened[0]!.listener.hear({ kind: 'ssh-tested', id: 1, tookMs: 1, failure });
    await first;
    await made.handlers.cancelTest({ key: 'k' }, caller);
    expect(orders).toEqual([
      [1, { kind: 'close' }],
      [2, { kind: 'close' }],
    ]);
  });

  it('fails when the streams process ends, and is stopped with its window', async () => {
    const { made, opened, orders } = desk();
    const reply = made.handlers.test(order, caller);
    await expect.poll(() => opened.length).toBe(1);
    made.windowClosed(8);
    expect(orders).toEqual([]);
    made.windowClosed(7);
    expect(orders).toEqual([[1, { kind: 'close' }]]);
    opened[0]!.listener.lost({ code: 'streams-ended' });
    expect(await reply).toEqual({ ok: false, error: { code: 'streams-ended' } });
  });
});
