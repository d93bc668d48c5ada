import { describe, expect, it } from 'vitest';
import { ConsoleAccess } from '../../../../client/consoles/console-access.ts';
import { ScreenPasswords } from '../../../../client/consoles/screen-passwords.ts';
import { TrustedHosts } from '../../../../client/consoles/trusted-hosts.ts';
import type { ConfirmationView } from '../../../../core/contract/confirmation.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { ScreenTrust } from '../../../../main/consoles/screen-trust.ts';
import { fakeEntity, fakeId } from '../../../fakes/fake-entities.ts';
import { MemoryKeychain, MemoryStorage } from '../../../support/client-ports.ts';

const hypervisor = fakeEntity('atoll-01@archipel.test', { kind: 'hypervisor', name: 'atoll-01' });
const machine = fakeEntity('web-01@archipel.test', { hypervisor: hypervisor.id });
/** Nobody knows who runs it. */
const lonely = fakeEntity('web-02@archipel.test');
const caller = { windowId: 7 };
const certificate = {
  fingerprint: 'AA:BB',
  ...{ subject: 'CN=b', issuer: 'CN=b', validFrom: '2026-01-01', validTo: '2027-01-01' },
};

/** What the user is asked, and answers. */
function desk(isAgreed: boolean) {
  const hosts = new TrustedHosts({
    load: async () => ok(undefined),
    save: async () => ok(undefined),
  });
  const asked: ConfirmationView[] = [];
  const made = new ScreenTrust({
    client: { entity: (id) => [machine, hypervisor, lonely].find((one) => one.id === id) },
    hosts,
    ask: async (view) => asked.push(view) > 0 && isAgreed,
    messages: () => messagesFor('en'),
  });
  const trust = (fingerprint: string, entity = machine.id) =>
    made.handlers.trust({ entity, fingerprint }, caller);
  return { made, hosts, asked, trust };
}

/** Screens as an original agent names them, on its host and through SSH. */
function access(hosts: TrustedHosts): ConsoleAccess {
  const display = { type: 'vnc', host: '127.0.0.1', port: 5900 };
  return new ConsoleAccess({
    client: { call: async () => ok(display as never), entity: () => undefined },
    passwords: new ScreenPasswords(new MemoryStorage(), new MemoryKeychain()),
    hosts,
    placeOf: () => 'elsewhere',
    sshFor: async () => 'last',
  });
}

describe('a certificate before a screen', () => {
  it('is trusted on the host that showed it, once the user agrees in main’s window', async () => {
    const { made, hosts, asked, trust } = desk(true);
    made.failed(machine.id, {
      code: 'certificate',
      problem: 'self-signed',
      certificate,
      host: 'b',
    });
    expect(await trust('AA:BB')).toEqual(ok(undefined));
    expect(asked.map(({ targets }) => targets)).toEqual([[{ text: 'b' }, { text: 'AA:BB' }]]);
    expect(await hosts.fingerprint('b')).toBe('AA:BB');
  });

  it('is trusted behind the hypervisor through which it was shown, and the next console knows it', async () => {
    const { made, hosts, asked, trust } = desk(true);
    const shown = { code: 'certificate', problem: 'self-signed', certificate } as const;
    made.failed(machine.id, { ...shown, host: '127.0.0.1', isThroughSsh: true });
    expect(await trust('AA:BB')).toEqual(ok(undefined));
    const rows = [{ text: '127.0.0.1 on atoll-01, through SSH' }, { text: 'AA:BB' }];
    expect(asked.map(({ targets }) => targets)).toEqual([rows]);
    const plan = await access(hosts).plan(machine);
    const ways = plan.ok ? plan.value.ways : [];
    expect(
      ways.map(({ host, isThroughSsh, screenFingerprint }) => [
        ...[host, isThroughSsh, screenFingerprint],
      ]),
    ).toEqual([
      ['127.0.0.1', undefined, undefined],
      ['127.0.0.1', true, 'AA:BB'],
    ]);
    const elsewhere = await access(hosts).plan({
      ...machine,
      hypervisor: fakeId('atoll-02@archipel.test'),
    });
    expect(elsewhere.ok && elsewhere.value.ways.map((way) => way.screenFingerprint)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('is one of the proxy and one of the screen, which are asked about and trusted apart', async () => {
    const { made, hosts, asked, trust } = desk(true);
    const shown = { code: 'certificate', problem: 'self-signed', host: 'b' } as const;
    made.failed(machine.id, { ...shown, certificate, isProxy: true });
    expect(await trust('AA:BB')).toEqual(ok(undefined));
    made.failed(machine.id, { ...shown, certificate: { ...certificate, fingerprint: 'CC:DD' } });
    expect(await trust('CC:DD')).toEqual(ok(undefined));
    expect(asked.map(({ targets }) => targets[0]?.text)).toEqual(['the proxy on b', 'b']);
    const trusted = [await hosts.fingerprint('proxy on b'), await hosts.fingerprint('b')];
    expect(trusted).toEqual(['AA:BB', 'CC:DD']);
  });

  it('is trusted nowhere where nobody knows whose host SSH leads to', async () => {
    const { made, asked, trust } = desk(true);
    const shown = {
      code: 'certificate',
      problem: 'self-signed',
      certificate,
      host: '::1',
    } as const;
    made.failed(lonely.id, { ...shown, isThroughSsh: true });
    expect(await trust('AA:BB', lonely.id)).toEqual(err({ code: 'not-found', what: 'AA:BB' }));
    expect(asked).toEqual([]);
  });

  it('is not trusted without the user', async () => {
    const { made, hosts, trust } = desk(false);
    made.failed(machine.id, {
      code: 'certificate',
      problem: 'self-signed',
      certificate,
      host: 'b',
    });
    expect(await trust('AA:BB')).toEqual(err({ code: 'cancelled' }));
    expect(await hosts.fingerprint('b')).toBeUndefined();
  });

  it('is never one that no screen has shown, whatever a page says', async () => {
    const { made, asked, trust } = desk(true);
    expect(await trust('AA:BB')).toEqual(err({ code: 'not-found', what: 'AA:BB' }));
    made.failed(machine.id, { code: 'closed' });
    made.failed(machine.id, {
      code: 'certificate',
      problem: 'self-signed',
      certificate,
      host: 'b',
    });
    expect(await trust('CC:DD')).toEqual(err({ code: 'not-found', what: 'CC:DD' }));
    expect(asked).toEqual([]);
  });
});
