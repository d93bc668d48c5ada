import { describe, expect, it } from 'vitest';
import {
  FRAME_STATUS,
  FRAME_TYPE,
  PROGRAM,
} from '../../../../../agent/hypervisor/libvirt/frame.ts';
import { KEEP_ALIVE, ScriptedDaemon } from './scripted-daemon.ts';

const domain = { name: 'web', uuid: '11111111-2222-4333-8444-555555555555', id: -1 };
const shot = { domain, screen: 0, flags: 0 };
const CALL = '20008086';

describe('RpcChannel', () => {
  it('gives each call its own answer, in whatever order they come', async () => {
    const daemon = new ScriptedDaemon();
    const name = daemon.channel.call('connectGetHostname', undefined);
    const kind = daemon.channel.call('connectGetType', undefined);
    daemon.reply(2, 'connectGetType', { text: 'QEMU' });
    daemon.reply(1, 'connectGetHostname', { text: 'host-1' });
    expect([await name, await kind]).toEqual([
      { ok: true, value: { text: 'host-1' } },
      { ok: true, value: { text: 'QEMU' } },
    ]);
  });

  it('has four calls under way at most, and sends the next as one is answered', async () => {
    const daemon = new ScriptedDaemon();
    const calls = Array.from({ length: 6 }, () => daemon.channel.call('authList', undefined));
    expect(daemon.heard).toEqual([1, 2, 3, 4].map((serial) => `${CALL} 66 0 ${serial} 0`));
    daemon.reply(3, 'authList', { kinds: [0] });
    await calls[2];
    expect(daemon.heard.at(-1)).toEqual(`${CALL} 66 0 5 0`);
    daemon.hangUp();
    await Promise.all(calls);
  });

  it('keeps number, part, level and message of an error', async () => {
    const daemon = new ScriptedDaemon();
    const answer = daemon.channel.call('domainSuspend', { domain });
    daemon.refuse(1, 55, 10, 'domain is not running');
    expect(await answer).toEqual({
      ok: false,
      error: {
        code: 'libvirt',
        number: 55,
        domain: 10,
        level: 2,
        message: 'domain is not running',
      },
    });
  });

  it.each([
    [3, 10],
    [84, 10],
    [74, 10],
    [39, 7],
  ])('says unsupported for the number %i of part %i', async (number, part) => {
    const daemon = new ScriptedDaemon();
    const answer = daemon.channel.call('domainSuspend', { domain });
    daemon.refuse(1, number, part, 'no');
    expect(await answer).toEqual({
      ok: false,
      error: { code: 'unsupported', what: 'domainSuspend', number, message: 'no' },
    });
  });

  it('ends what waits and what has not been sent when the connection is lost', async () => {
    const daemon = new ScriptedDaemon();
    const calls = Array.from({ length: 6 }, () => daemon.channel.call('authList', undefined));
    daemon.hangUp();
    const error = { code: 'disconnected', message: 'The hypervisor daemon closed the connection' };
    expect(await Promise.all(calls)).toEqual(calls.map(() => ({ ok: false, error })));
    expect(daemon.closed).toEqual([error]);
    expect(await daemon.channel.call('authList', undefined)).toEqual({ ok: false, error });
  });

  it('refuses arguments that cannot be sent, and sends nothing', async () => {
    const daemon = new ScriptedDaemon();
    expect(await daemon.channel.call('domainLookupByUuid', { uuid: 'web' })).toEqual({
      ok: false,
      error: {
        code: 'libvirt',
        number: 8,
        domain: 7,
        level: 2,
        message: 'invalid argument of domainLookupByUuid: web is no UUID',
      },
    });
    expect(daemon.received).toEqual([]);
  });

  it('says that an answer is unreadable instead of guessing', async () => {
    const daemon = new ScriptedDaemon();
    const answer = daemon.channel.call('connectGetHostname', undefined);
    daemon.send({ serial: 1, payload: Buffer.from('ffffffff', 'hex') });
    expect(await answer).toEqual({
      ok: false,
      error: {
        code: 'libvirt',
        number: 39,
        domain: 7,
        level: 2,
        message: 'The answer to connectGetHostname is unreadable: 4294967295 is out of range',
      },
    });
  });

  it('hangs up on a packet that is not libvirt’s', async () => {
    const daemon = new ScriptedDaemon();
    const answer = daemon.channel.call('authList', undefined);
    daemon.sendBytes(Buffer.from('HTTP/1.1 200 OK\r\n'));
    const message = "A packet of 1213486160 bytes is not libvirt's";
    expect(await answer).toEqual({ ok: false, error: { code: 'disconnected', message } });
    expect(daemon.closed).toEqual([{ code: 'disconnected', message }]);
  });

  it('ignores an answer that nobody waits for', async () => {
    const daemon = new ScriptedDaemon();
    daemon.reply(77, 'connectGetHostname', { text: 'stray' });
    daemon.stream(78, FRAME_STATUS.continue, Buffer.from('stray'));
    const answer = daemon.channel.call('connectGetHostname', undefined);
    daemon.reply(1, 'connectGetHostname', { text: 'host-1' });
    expect(await answer).toEqual({ ok: true, value: { text: 'host-1' } });
  });

  it('hands over messages in order', () => {
    const daemon = new ScriptedDaemon();
    daemon.send({
      type: FRAME_TYPE.message,
      procedure: 318,
      payload: Buffer.from('00000001', 'hex'),
    });
    daemon.send({ type: FRAME_TYPE.message, procedure: 107 });
    expect(daemon.messages.map(({ procedure }) => procedure)).toEqual([318, 107]);
  });
});

describe('a stream', () => {
  const CONTINUE = FRAME_STATUS.continue;

  it('is put together and its end confirmed', async () => {
    const daemon = new ScriptedDaemon();
    const answer = daemon.channel.download('domainScreenshot', shot, 100);
    daemon.reply(1, 'domainScreenshot', { mime: 'image/png' });
    daemon.stream(1, CONTINUE, Buffer.from('one '));
    daemon.stream(1, CONTINUE, Buffer.from('two'));
    daemon.stream(1, CONTINUE);
    expect(daemon.heard.at(-1)).toEqual(`${CALL} 211 3 1 0`);
    daemon.stream(1, FRAME_STATUS.ok);
    expect(await answer).toEqual({
      ok: true,
      value: { reply: { mime: 'image/png' }, data: Buffer.from('one two') },
    });
  });

  it('may overtake the reply to its call', async () => {
    const daemon = new ScriptedDaemon();
    const answer = daemon.channel.download('domainScreenshot', shot, 100);
    daemon.stream(1, CONTINUE, Buffer.from('early'));
    daemon.reply(1, 'domainScreenshot', { mime: undefined });
    daemon.stream(1, CONTINUE);
    daemon.stream(1, FRAME_STATUS.ok);
    expect(await answer).toEqual({
      ok: true,
      value: { reply: { mime: undefined }, data: Buffer.from('early') },
    });
  });

  it('is called off when it is longer than allowed', async () => {
    const daemon = new ScriptedDaemon();
    const answer = daemon.channel.download('domainScreenshot', shot, 4);
    daemon.reply(1, 'domainScreenshot', { mime: 'image/png' });
    daemon.stream(1, CONTINUE, Buffer.from('12345'));
    expect(await answer).toEqual({
      ok: false,
      error: {
        code: 'libvirt',
        number: 39,
        domain: 7,
        level: 2,
        message: 'domainScreenshot sent more than 4 bytes',
      },
    });
    expect(daemon.heard.at(-1)).toEqual(`${CALL} 211 3 1 1`);
    daemon.stream(1, CONTINUE, Buffer.from('more'));
  });

  it('ends with the daemon’s error', async () => {
    const daemon = new ScriptedDaemon();
    const answer = daemon.channel.download('domainScreenshot', shot, 100);
    daemon.reply(1, 'domainScreenshot', { mime: 'image/png' });
    daemon.refuse(1, 38, 0, 'disk full');
    expect(await answer).toEqual({
      ok: false,
      error: { code: 'libvirt', number: 38, domain: 0, level: 2, message: 'disk full' },
    });
  });

  it('is refused where a call has none', async () => {
    const daemon = new ScriptedDaemon();
    const answer = daemon.channel.call('authList', undefined);
    daemon.stream(1, CONTINUE, Buffer.from('what'));
    expect((await answer).ok).toEqual(false);
  });
});

describe('keep-alive', () => {
  const PING = `${PROGRAM.keepAlive.toString(16)} 1 2 0 0`;
  const PONG = `${PROGRAM.keepAlive.toString(16)} 2 2 0 0`;

  it('answers the daemon’s question', () => {
    const daemon = new ScriptedDaemon();
    daemon.send({ program: PROGRAM.keepAlive, procedure: 1, type: FRAME_TYPE.message });
    expect(daemon.heard).toEqual([PONG]);
  });

  it('asks nothing before the daemon said that it can answer', () => {
    const daemon = new ScriptedDaemon();
    daemon.clock.step(60_000);
    expect(daemon.heard).toEqual([]);
  });

  it('asks while nothing comes, and gives the daemon up after three questions', async () => {
    const daemon = new ScriptedDaemon();
    const pending = daemon.channel.call('authList', undefined);
    daemon.channel.watch();
    daemon.clock.step(3 * KEEP_ALIVE.intervalMs);
    expect(daemon.heard.slice(1)).toEqual([PING, PING, PING]);
    expect(daemon.closed).toEqual([]);
    daemon.clock.step(KEEP_ALIVE.intervalMs);
    const error = { code: 'disconnected', message: 'The hypervisor daemon no longer answers' };
    expect(daemon.closed).toEqual([error]);
    expect(await pending).toEqual({ ok: false, error });
  });

  it('takes anything that comes for life', () => {
    const daemon = new ScriptedDaemon();
    daemon.channel.watch();
    for (let round = 0; round < 10; round += 1) {
      daemon.clock.step(2 * KEEP_ALIVE.intervalMs);
      daemon.send({ program: PROGRAM.keepAlive, procedure: 2, type: FRAME_TYPE.message });
    }
    expect(daemon.closed).toEqual([]);
  });

  it('stops asking when the connection is over', () => {
    const daemon = new ScriptedDaemon();
    daemon.channel.watch();
    daemon.hangUp();
    daemon.channel.close('over');
    const before = daemon.received.length;
    daemon.clock.step(60_000);
    expect(daemon.received.length).toEqual(before);
  });
});
