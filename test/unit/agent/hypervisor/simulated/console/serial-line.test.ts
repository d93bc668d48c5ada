import type { Duplex } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { SerialLine } from '../../../../../../agent/hypervisor/simulated/console/serial-line.ts';

describe('the serial line of a guest', () => {
  let isPaused: boolean;
  let line: SerialLine;

  beforeEach(() => {
    isPaused = false;
    const facts = () => ({
      name: 'web-01',
      vcpus: 4,
      totalMiB: 8192,
      usedMiB: 4096,
      load: 0.5,
      ranSeconds: 60,
      now: new Date(0),
    });
    line = new SerialLine(
      {
        facts,
        introduction: ['Debian 12 web-01 ttyS0', ''],
        reboot: () => undefined,
        powerOff: () => undefined,
      },
      () => isPaused,
    );
  });

  const said = (session: Duplex): string => String((session.read() as Buffer | null) ?? '');

  it('greets, and ends its lines as a terminal wants it', () => {
    const session = line.open();
    expect(said(session)).toBe('Debian 12 web-01 ttyS0\r\n\r\nweb-01 login: ');
    session.write('ada\rsecret\rnproc\r');
    expect(said(session)).toMatch(/ada\r\nPassword: \r\n.*ada@web-01:~\$ nproc\r\n4\r\nada@/s);
  });

  it('clears the terminal by an order of its own', () => {
    const session = line.open();
    session.write('\x0c');
    expect(said(session)).toContain('\x1b[2J\x1b[H');
  });

  it('belongs to the last who opened it', async () => {
    const first = line.open();
    const ended = new Promise((done) => first.once('end', done));
    first.resume();
    const second = line.open();
    await ended;
    second.write('x');
    expect([line.isTaken, said(second).endsWith('x')]).toEqual([true, true]);
    const closed = new Promise((done) => second.once('close', done));
    second.destroy();
    await closed;
    expect(line.isTaken).toBe(false);
  });

  it('does not hear what is typed while the guest is paused', () => {
    const session = line.open();
    said(session);
    isPaused = true;
    session.write('ada');
    expect(said(session)).toBe('');
  });

  it('loses what nobody reads, before it fills the memory', () => {
    const session = line.open();
    for (let count = 0; count < 5000; count += 1) session.write(`${'x'.repeat(100)}\x03`);
    expect(session.readableLength).toBeLessThan(70_000);
  });
});
