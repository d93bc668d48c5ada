import { describe, expect, it } from 'vitest';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { HostLook, type HostLookPorts } from '../../../../main/ssh/host-look.ts';
import type { StreamListener } from '../../../../main/streams/stream-listeners.ts';
import { SshFailureError } from '../../../../node/ssh/ssh-failure-error.ts';
import { SshRoutes } from '../../../../node/ssh/ssh-route.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

const caller = { windowId: 7 };
const hypervisor = fakeEntity('hv1@example.org', { kind: 'hypervisor', name: 'hv1' });
const newcomer = fakeEntity('hv9@example.org', { kind: 'user', name: 'hv9' });
const machine = fakeEntity('web@example.org', { kind: 'virtualmachine', name: 'web' });
const asked = { hypervisor: hypervisor.id, about: hypervisor.jid };
const surroundings = {
  ...{ home: '/home/ada', localUser: 'ada', environment: {} },
  platform: 'linux',
} as const;
const REPORT = {
  ...{ clock: '0 +0000', units: '', processes: '' },
  ...{ logState: 'missing', log: '', journal: '' },
};

function look(ports: Partial<HostLookPorts> & { readonly isChosen?: boolean } = {}) {
  const opened: { order: unknown; listener: StreamListener }[] = [];
  const closed: number[] = [];
  const target = { host: 'hv1.example.org' };
  const made = new HostLook({
    client: { entity: (id) => [hypervisor, newcomer, machine].find((one) => one.id === id) },
    ssh: {
      chosen: async () => (ports.isChosen === false ? undefined : target),
      target: async () => target,
    },
    routes: new SshRoutes({ configFiles: [], surroundings }),
    streams: {
      open: (order, listener) => opened.push({ order, listener }),
      tell: (id) => void closed.push(id),
    },
    isKnown: async () => false,
    ...ports,
  });
  return { made, opened, closed };
}

/** Lets what is waiting go on, until the streams process was asked. */
async function begun(opened: readonly unknown[], count = 1): Promise<void> {
  while (opened.length < count) await new Promise((go) => setImmediate(go));
}

describe('a look at the host of a hypervisor', () => {
  it('is made at once where somebody is logged in there, and offered where nobody is', async () => {
    const { made, opened } = look();
    const shown = made.handlers.hostOffer(asked, caller);
    await begun(opened);
    opened[0]?.listener.hear({ kind: 'host-checked', id: 1, report: REPORT });
    const offered = made.handlers.hostOffer(asked, caller);
    await begun(opened, 2);
    opened[1]?.listener.hear({ kind: 'host-checked', id: 2 });
    expect(opened.map(({ order }) => order)).toEqual(
      Array<unknown>(2).fill({
        ...{ kind: 'check-host', target: { host: 'hv1.example.org' }, isOnlyIfOpen: true },
        file: '/var/log/archipel/archipel.log',
      }),
    );
    const address = 'hv1.example.org:22';
    expect(await shown).toMatchObject({
      value: { address, found: { cause: { name: 'agent-stopped' } } },
    });
    expect(await offered).toEqual({ ok: true, value: { address } });
  });

  it('is offered for a proposed host only where its key is known', async () => {
    const stranger = look({ isChosen: false });
    expect(await stranger.made.handlers.hostOffer(asked, caller)).toEqual({ ok: true, value: {} });
    expect(stranger.opened).toEqual([]);
    const known = look({ isChosen: false, isKnown: async () => true });
    const offered = known.made.handlers.hostOffer(asked, caller);
    await begun(known.opened);
    known.opened[0]?.listener.hear({ kind: 'host-checked', id: 1 });
    expect(await offered).toMatchObject({ value: { address: 'hv1.example.org:22' } });
  });

  it('logs in when it is asked to, and says why it could not', async () => {
    const { made, opened } = look();
    const looked = made.handlers.lookAtHost(asked, caller);
    await begun(opened);
    expect(opened[0]?.order).toMatchObject({ isOnlyIfOpen: false });
    const address = 'hv1.example.org:22';
    const failure = { code: 'ssh-unreachable', address, detail: 'ECONNREFUSED' } as const;
    opened[0]?.listener.hear({ kind: 'host-checked', id: 1, failure });
    expect(await looked).toMatchObject({ value: { cause: { name: 'ssh-port-closed' } } });
    const lost = made.handlers.lookAtHost(asked, caller);
    await begun(opened, 2);
    opened[1]?.listener.lost({ code: 'streams-ended' });
    expect(await lost).toMatchObject({
      value: { cause: { name: 'host-unseen', error: { code: 'streams-ended' } } },
    });
  });

  it('says what is wrong with the way to it', async () => {
    const failure = { code: 'ssh-config-unusable', file: '/c', detail: 'ProxyCommand' } as const;
    const to = () => Promise.reject(new SshFailureError(failure));
    const { made } = look({ routes: { to } });
    expect(await made.handlers.lookAtHost(asked, caller)).toMatchObject({
      value: { cause: { name: 'host-unseen', error: failure } },
    });
    expect(await made.handlers.hostOffer(asked, caller)).toEqual({ ok: true, value: {} });
  });

  it('ends when nobody waits for it any more', async () => {
    const { made, opened, closed } = look();
    void made.handlers.lookAtHost(asked, caller);
    await begun(opened);
    await made.handlers.cancelLook(undefined, caller);
    made.windowClosed(8);
    expect(closed).toEqual([1]);
  });

  it.each(['hostOffer', 'lookAtHost'] as const)(
    'begins nothing once nobody waits for %s any more',
    async (which) => {
      let go: (way: readonly never[]) => void = () => undefined;
      const asking = new Promise<readonly never[]>((resolve) => (go = resolve));
      const to = async () => {
        await asking;
        return new SshRoutes({ configFiles: [], surroundings }).to({ host: 'hv1.example.org' });
      };
      const { made, opened } = look({ routes: { to } });
      const looked = made.handlers[which](asked, caller);
      await made.handlers.cancelLook(undefined, caller);
      go([]);
      await looked;
      expect(opened).toEqual([]);
    },
  );

  it('is forgotten once it has ended', async () => {
    const { made, opened, closed } = look();
    const looked = made.handlers.lookAtHost(asked, caller);
    await begun(opened);
    opened[0]?.listener.hear({ kind: 'host-checked', id: 1, report: REPORT });
    await looked;
    made.windowClosed(7);
    expect(closed).toEqual([]);
  });

  it('goes to a host that the user names, for who was never seen online too', async () => {
    const { made, opened } = look();
    const wanted = { hypervisor: newcomer.id, about: newcomer.jid };
    expect(await made.handlers.hostOffer(wanted, caller)).toEqual({ ok: true, value: {} });
    expect(await made.handlers.lookAtHost(wanted, caller)).toMatchObject({ ok: false });
    expect(opened).toEqual([]);
    const looked = made.handlers.lookAtHost({ ...wanted, destination: 'root@nine:2222' }, caller);
    await begun(opened);
    const target = { host: 'nine', port: 2222, user: 'root' };
    // Nothing else is the page's to say: no file, and no key that would not be asked about.
    expect(opened[0]?.order).toEqual({
      ...{ kind: 'check-host', target, isOnlyIfOpen: false },
      file: '/var/log/archipel/archipel.log',
    });
    opened[0]?.listener.hear({ kind: 'host-checked', id: 1, report: REPORT });
    expect(await looked).toMatchObject({ value: { cause: { name: 'agent-stopped' } } });
  });

  it.each(['', '-oProxyCommand=x', 'a b', 'root@', 'hv9:70000', '$(id)'])(
    'goes nowhere for %j, which names no host',
    async (destination) => {
      const { made, opened } = look();
      const wanted = { hypervisor: newcomer.id, about: newcomer.jid, destination };
      expect(await made.handlers.lookAtHost(wanted, caller)).toMatchObject({
        error: { code: 'invalid-input' },
      });
      expect(opened).toEqual([]);
    },
  );

  it('is for hypervisors alone', async () => {
    const { made } = look();
    const wrong = { hypervisor: machine.id, about: machine.jid };
    const refused = { ok: false, error: { code: 'not-found', what: machine.id } };
    expect(await made.handlers.lookAtHost(wrong, caller)).toEqual(refused);
    const nobody = 'x@y>z@y' as typeof machine.id;
    const unknown = { hypervisor: nobody, about: 'z@y' as BareJid };
    expect(await made.handlers.hostOffer(unknown, caller)).toMatchObject({ ok: false });
  });
});
