import { describe, expect, it } from 'vitest';
import type { Client } from '../../../../client/client.ts';
import {
  planConsole,
  planOfOriginal,
  planOfOurs,
} from '../../../../client/consoles/console-plan.ts';
import type { Entity } from '../../../../core/domain/entity.ts';
import { ok } from '../../../../core/lib/result.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { expectOk } from '../../../support/expect-result.ts';

const opened = {
  type: 'vnc',
  token: 'once',
  expiresInSeconds: 30,
  fingerprint: 'AB:CD',
  password: 'secret',
  keymap: 'fr',
};
const proxy = { kind: 'websocket', host: '10.0.0.5', port: 6900, reach: 'network' } as const;
const direct = {
  kind: 'tcp',
  host: '10.0.0.5',
  port: 5900,
  reach: 'network',
  tls: 'none',
} as const;
const failed = (failure: object) => ({
  ok: false,
  error: { code: 'console', machine: 'web-01', failure },
});

describe('the ways to a screen of our agent', () => {
  it('begin with what is encrypted and has a token, and its certificate is pinned', () => {
    const transports = [direct, { ...proxy, tls: 'optional' as const }];
    expect(planOfOurs('web-01', { ...opened, transports }, 'elsewhere')).toEqual({
      ok: true,
      value: {
        ways: [
          {
            kind: 'websocket',
            host: '10.0.0.5',
            port: 6900,
            isTls: true,
            token: 'once',
            fingerprint: 'AB:CD',
          },
          { kind: 'tcp', host: '10.0.0.5', port: 5900, isTls: false },
        ],
        password: 'secret',
        keymap: 'fr',
      },
    });
  });

  it.each(['token', 'fingerprint', 'password', 'keymap'])(
    'are none where an agent says a %s without end',
    (name) => {
      const transports = [{ ...proxy, tls: 'required' as const }];
      const endless = { ...opened, transports, [name]: 'x'.repeat(4001) };
      expect(planOfOurs('web-01', endless, 'elsewhere')).toEqual(
        failed({ code: 'malformed', detail: 'a word of more than 4000 characters' }),
      );
    },
  );

  it('are none where the address of a screen has no end, through SSH either', () => {
    const transports = [{ ...direct, reach: 'host' as const, host: 'x'.repeat(4001) }];
    expect(planOfOurs('web-01', { ...opened, transports }, 'elsewhere', 'last')).toEqual(
      failed({ code: 'malformed', detail: 'a word of more than 4000 characters' }),
    );
  });

  it('are none where all begin on its host', () => {
    const transports = [{ ...proxy, reach: 'host' as const, tls: 'none' as const }];
    expect(planOfOurs('web-01', { ...opened, transports }, 'elsewhere')).toEqual(
      failed({ code: 'host-only' }),
    );
  });

  it('begin on its host where that is this computer', () => {
    const transports = [{ ...proxy, reach: 'host' as const, tls: 'none' as const }];
    const plan = planOfOurs('web-01', { ...opened, transports }, 'here');
    expect(plan.ok && plan.value.ways.map(({ host, port }) => [host, port])).toEqual([
      [proxy.host, proxy.port],
    ]);
  });

  it('go through SSH before what is not encrypted where the user set it up, else last', () => {
    const inside = { ...direct, host: '127.0.0.1', reach: 'host' as const };
    const open = { ...proxy, tls: 'none' as const };
    const transports = [inside, direct, open, { ...open, tls: 'required' as const }];
    const waysWith = (ssh: 'none' | 'preferred' | 'last', place: 'here' | 'elsewhere') => {
      const plan = planOfOurs('web-01', { ...opened, transports }, place, ssh);
      return plan.ok
        ? plan.value.ways.map((way) =>
            way.isThroughSsh === true ? 'ssh' : `${way.kind}${way.isTls ? ' tls' : ''}`,
          )
        : [];
    };
    expect([
      waysWith('preferred', 'elsewhere'),
      waysWith('last', 'elsewhere'),
      waysWith('none', 'elsewhere'),
      waysWith('preferred', 'here').includes('ssh'),
    ]).toEqual([
      ['websocket tls', 'ssh', 'websocket', 'tcp'],
      ['websocket tls', 'websocket', 'tcp', 'ssh'],
      ['websocket tls', 'websocket', 'tcp'],
      false,
    ]);
  });

  it('go through SSH where all begin on its host', () => {
    const inside = { ...direct, host: '127.0.0.1', reach: 'host' as const };
    const plan = planOfOurs('web-01', { ...opened, transports: [inside] }, 'elsewhere', 'last');
    const way = { kind: 'tcp', host: '127.0.0.1', port: 5900, isTls: false, isThroughSsh: true };
    expect(plan.ok && plan.value.ways).toEqual([way]);
  });

  it('are none to a screen of another type', () => {
    expect(planOfOurs('web-01', { ...opened, type: 'spice', transports: [] }, 'elsewhere')).toEqual(
      failed({ code: 'other-screen', type: 'spice' }),
    );
  });
});

describe('the ways to a screen of an original agent', () => {
  const display = { type: 'vnc', host: '10.0.0.5', port: 5900, proxyPort: 6900 };

  it('are its proxy, under TLS where it has it, and the screen itself', () => {
    const plan = planOfOriginal('web-01', { ...display, onlyTls: false, supportsTls: true });
    expect(plan).toEqual({
      ok: true,
      value: {
        ways: [
          { kind: 'websocket', host: '10.0.0.5', port: 6900, isTls: true },
          { kind: 'tcp', host: '10.0.0.5', port: 5900, isTls: false },
        ],
      },
    });
  });

  it('are none while it is off, or has no graphics, or others', () => {
    const off = { ...display, port: -1, proxyPort: -1, onlyTls: false, supportsTls: false };
    const none = { ...off, type: undefined, host: undefined, port: undefined };
    const plans = [off, { ...none, proxyPort: undefined }, { ...off, type: 'spice' }].map((one) =>
      planOfOriginal('web-01', one),
    );
    expect(plans).toEqual([
      failed({ code: 'switched-off' }),
      failed({ code: 'no-screen' }),
      failed({ code: 'other-screen', type: 'spice' }),
    ]);
  });
});

describe('an agent that nobody has asked yet what it is', () => {
  const machine = fakeEntity('web-01@archipel.test');
  const ours = { generation: 'ours', features: ['archipel:vm:console'] } as const;
  const original = { generation: 'original', features: [] } as const;
  const display = { type: 'vnc', host: '10.0.0.5', port: 5900, proxyPort: 6900 };

  it.each([
    ['of ours', ours, ['display', 'open'], { token: 'once', port: 6900 }],
    ['an original one', original, ['display'], { isTls: false, port: 6900 }],
  ])('is known by its first answer as %s', async (_what, agent, asked, way) => {
    const names: string[] = [];
    let known: Entity = machine;
    const client: Pick<Client, 'call' | 'entity'> = {
      call: async (_entity, { name }) => {
        names.push(name);
        known = { ...machine, agent };
        const transports = [{ ...proxy, tls: 'optional' }];
        return ok(name === 'open' ? { ...opened, transports } : display);
      },
      entity: () => known,
    };
    const plan = expectOk(await planConsole(client, machine, 'elsewhere'));
    expect([names, plan.ways[0]]).toMatchObject([asked, way]);
  });
});
