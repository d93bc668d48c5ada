import { describe, expect, it } from 'vitest';
import { writeSecurityFailure } from '../../../../core/rfb/handshake.ts';
import { u32 } from '../../../../core/rfb/integers.ts';
import { openRfb } from '../../../../node/rfb/open-rfb.ts';
import type { RfbCredentials } from '../../../../node/rfb/rfb-options.ts';
import { vncAuthResponse } from '../../../../node/rfb/vnc-auth.ts';
import { ManualTime } from '../../../support/manual-time.ts';
import { ScriptedRfb } from '../../../support/scripted-rfb.ts';
import { failureOf } from '../../../support/viewers.ts';

const trust = { serverName: 'localhost' };
const open = (server: ScriptedRfb, credentials: RfbCredentials = {}) =>
  openRfb(server.near, { credentials, trust });

describe('a conversation with an RFB server', () => {
  it('begins in 3.8 without security', async () => {
    const server = new ScriptedRfb();
    const opened = open(server);
    await server.welcome(640, 400, 'QEMU (web-01)');
    const { init, security } = await opened;
    expect([security, init.width, init.height, Buffer.from(init.name).toString()]).toEqual([
      ...['None', 640, 400, 'QEMU (web-01)'],
    ]);
  });

  it('begins in 3.7, where None has no result', async () => {
    const server = new ScriptedRfb();
    const opened = open(server);
    server.say('RFB 003.007\n');
    expect((await server.hear(12)).toString()).toBe('RFB 003.007\n');
    server.say([1, 1]);
    expect([...(await server.hear(2))]).toEqual([1, 1]);
    server.sayInit(1, 1, '');
    expect((await opened).security).toBe('None');
  });

  it('begins in 3.3, where the server alone decides', async () => {
    const server = new ScriptedRfb();
    const opened = open(server, { password: 'secret' });
    server.say('RFB 003.005\n');
    expect((await server.hear(12)).toString()).toBe('RFB 003.003\n');
    const challenge = Buffer.from('0123456789abcdef');
    server.say(u32(2), challenge);
    expect(await server.hear(16)).toEqual(vncAuthResponse('secret', challenge));
    server.say(u32(0));
    await server.hear(1);
    server.sayInit(1, 1, '');
    expect((await opened).security).toBe('VncAuth');
  });

  it('is polite to servers that call themselves newer', async () => {
    const server = new ScriptedRfb();
    const opened = open(server);
    server.say('RFB 003.889\n');
    expect((await server.hear(12)).toString()).toBe('RFB 003.008\n');
    server.say([1, 1]);
    await server.hear(1);
    server.say(u32(0));
    await server.hear(1);
    server.sayInit(1, 1, '');
    expect((await opened).security).toBe('None');
  });

  it('passes over what it does not speak, and protects most with a password', async () => {
    const server = new ScriptedRfb();
    const opened = failureOf(open(server, { password: 'x' }));
    server.say('RFB 003.008\n');
    await server.hear(12);
    server.say([4, 16, 5, 1, 2]);
    expect([...(await server.hear(1))]).toEqual([2]);
    server.far.end();
    expect(await opened).toEqual({ code: 'closed-early', phase: 'authentication' });
  });
});

/** What a server says from the beginning on, and what the user is told. */
const endings: readonly (readonly [
  string,
  readonly (string | readonly number[])[],
  RfbCredentials,
  unknown,
])[] = [
  [
    'a server of something else',
    ['HTTP/1.1 400 Bad Request\r\n'],
    {},
    { code: 'not-rfb', seen: 'HTTP/1.1 400' },
  ],
  [
    'a server that turns everybody away',
    ['RFB 003.008\n', [0], u32(21), 'Too many\u0007 connections'],
    {},
    { code: 'refused', reason: 'Too many connections' },
  ],
  [
    'a server that speaks nothing that we do',
    ['RFB 003.008\n', [2, 30, 5]],
    {},
    { code: 'unsupported-security', offered: ['Apple Remote Desktop', 'RA2'] },
  ],
  [
    'VeNCrypt that verifies no certificate',
    ['RFB 003.008\n', [1, 19], [0, 2], [0, 2], u32(257), u32(258)],
    { password: 'x' },
    {
      code: 'unsupported-security',
      offered: ['VeNCrypt TLSNone', 'VeNCrypt TLSVnc'],
    },
  ],
  [
    'a wrong password, in words of 3.8',
    ['RFB 003.008\n', [1, 2], '0123456789abcdef', [...writeSecurityFailure('Wrong')]],
    { password: 'x' },
    { code: 'wrong-credentials', reason: 'Wrong', wantsUsername: false },
  ],
  [
    'a wrong password, without words in 3.7',
    ['RFB 003.007\n', [1, 2], '0123456789abcdef', u32(1)],
    { password: 'x' },
    { code: 'wrong-credentials', reason: '', wantsUsername: false },
  ],
  [
    'a screen that asks for its password where only that of a user is known',
    ['RFB 003.008\n', [1, 2]],
    { username: 'ada', password: 'x' },
    { code: 'credentials-needed', wantsUsername: false },
  ],
  [
    'a password that nobody gave',
    ['RFB 003.008\n', [1, 2]],
    {},
    { code: 'credentials-needed', wantsUsername: false },
  ],
  [
    'a reason without end',
    ['RFB 003.008\n', [0], u32(0x7fffffff)],
    {},
    { code: 'malformed', detail: 'a reason of 2147483647 bytes' },
  ],
  [
    'a screen that is too large',
    ['RFB 003.008\n', [1, 1], u32(0), [0x75, 0x30, 0x75, 0x30], new Array<number>(20).fill(0)],
    {},
    { code: 'too-large', width: 30_000, height: 30_000 },
  ],
];

describe('a conversation with an RFB server ends', () => {
  it.each(endings)('over %s', async (_name, words, credentials, failure) => {
    const server = new ScriptedRfb();
    const opened = failureOf(open(server, credentials));
    server.say(...words);
    expect(await opened).toEqual(failure);
    expect(server.near.destroyed).toBe(true);
  });

  it('when the server leaves in the middle', async () => {
    const server = new ScriptedRfb();
    const opened = failureOf(open(server));
    server.say('RFB 003');
    server.far.end();
    expect(await opened).toEqual({ code: 'closed-early', phase: 'version' });
  });

  const silences: readonly (readonly [string, readonly (string | readonly number[])[]])[] = [
    ['version', []],
    ['security', ['RFB 003.008\n']],
    ['authentication', ['RFB 003.008\n', [1, 1]]],
    ['initialisation', ['RFB 003.008\n', [1, 1], u32(0)]],
  ];
  it.each(silences)('when the server says nothing for its %s', async (phase, words) => {
    const server = new ScriptedRfb();
    const clock = new ManualTime();
    const opened = failureOf(
      openRfb(server.near, { credentials: {}, trust, clock, timeoutMs: 15_000 }),
    );
    server.say(...words);
    await clock.pass(15_001);
    expect(await opened).toEqual({ code: 'timed-out', phase, seconds: 15 });
  });

  it('when it is called off', async () => {
    const server = new ScriptedRfb();
    const aborter = new AbortController();
    const { signal } = aborter;
    const opened = failureOf(openRfb(server.near, { credentials: {}, trust, signal }));
    aborter.abort();
    expect(await opened).toEqual({ code: 'cancelled' });
  });
});

describe('VncAuth', () => {
  // The variable-key and variable-plaintext tests of NIST SP 500-20; parity bits do not count.
  const known: readonly (readonly [string, string, string])[] = [
    ['\u0001', '0000000000000000', '95a8d72813daa94d'],
    ['\u0002', '0000000000000000', '0eec1487dd8c26d5'],
    ['', '8000000000000000', '95f8a5e5dd31d900'],
  ];
  it.each(known)(
    'is DES with the bits of each key byte turned round: %j',
    (password, plain, out) => {
      expect(vncAuthResponse(password, Buffer.from(plain, 'hex')).toString('hex')).toBe(out);
    },
  );
});
