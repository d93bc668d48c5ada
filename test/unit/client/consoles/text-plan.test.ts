import { describe, expect, it } from 'vitest';
import { waysOfText } from '../../../../client/consoles/text-plan.ts';

const opened = { type: 'text', token: 'once', expiresInSeconds: 30, fingerprint: 'AB:CD' };
const proxy = { kind: 'websocket', host: '127.0.0.1', port: 6900, tls: 'optional' } as const;
const inside = { ...opened, transports: [{ ...proxy, reach: 'host' as const }] };
const way = {
  ...{ kind: 'websocket', host: '127.0.0.1', port: 6900 },
  ...{ isTls: true, token: 'once', fingerprint: 'AB:CD' },
};

describe('the way to a text console', () => {
  it('is the proxy under TLS with its certificate pinned, and the token', () => {
    const transports = [{ ...proxy, reach: 'network' as const }];
    const ways = waysOfText('web-01', { ...opened, transports }, 'elsewhere', 'none');
    expect(ways).toEqual({ ok: true, value: [way] });
  });

  it.each(['token', 'fingerprint'])('is none where an agent says a %s without end', (name) => {
    const transports = [{ ...proxy, reach: 'network' as const }];
    const endless = { ...opened, transports, [name]: 'x'.repeat(4001) };
    expect(waysOfText('web-01', endless, 'elsewhere', 'none')).toMatchObject({
      error: { failure: { code: 'malformed' } },
    });
  });

  it('leads through SSH where the proxy listens on its host alone', () => {
    const ways = waysOfText('web-01', inside, 'elsewhere', 'last');
    expect(ways).toEqual({ ok: true, value: [{ ...way, isThroughSsh: true }] });
    expect(waysOfText('web-01', inside, 'elsewhere', 'none')).toEqual({
      ok: false,
      error: { code: 'console', machine: 'web-01', failure: { code: 'host-only' } },
    });
  });

  it('needs no SSH on this computer, unless nobody proves to be the right proxy', () => {
    expect(waysOfText('web-01', inside, 'perhaps-here', 'last')).toEqual({
      ok: true,
      value: [way],
    });
    const plain = { ...inside, transports: [{ ...proxy, reach: 'host', tls: 'none' } as const] };
    expect(waysOfText('web-01', plain, 'perhaps-here', 'last')).toMatchObject({
      value: [{ isTls: false, isThroughSsh: true }],
    });
  });
});
