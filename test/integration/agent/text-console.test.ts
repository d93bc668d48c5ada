import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePrograms } from '../../support/required-programs.ts';
import { openTextConsole, type TextConsoleWish } from '../../support/text-console-page.ts';
import { GUEST_PROGRAMS, GuestBench } from './guest-bench.ts';

const canRun = requirePrograms('Text consoles through libvirt', GUEST_PROGRAMS);

describe.runIf(canRun)('the text console of a guest of QEMU', () => {
  let guest: GuestBench;
  const open = (wish?: TextConsoleWish) => openTextConsole(guest.application, guest.machine, wish);

  beforeAll(async () => {
    guest = await GuestBench.start(`<serial type='pty'/>`);
    await guest.boot();
  });

  afterAll(async () => {
    await guest.stop();
    expect(guest.bugs).toEqual([]);
  });

  it('answers what is typed into its serial port, control characters too', async () => {
    const page = await open();
    await page.wait('serial-open');
    page.type('uname -a\r\u0003\u001b[A');
    await page.shows('uname -a\r\u0003\u001b[A');
    page.close();
    await page.wait('serial-ended');
  });

  it('is kept for one at a time, in libvirt’s words, until it is taken over', async () => {
    const first = await open();
    await first.wait('serial-open');
    const second = await open();
    await second.wait('serial-ended');
    const reason = expect.stringContaining('Active console session exists') as string;
    const third = await open({ force: true });
    await third.wait('serial-open');
    await first.wait('serial-ended');
    third.type('mine');
    await third.shows('mine');
    expect([second.told('serial-ended'), first.told('serial-ended')]).toMatchObject([
      [{ failure: { code: 'websocket-refused', reason } }],
      [{ failure: { code: 'closed' } }],
    ]);
    third.close();
    await third.wait('serial-ended');
  });

  it('ends with the guest', async () => {
    const page = await open();
    await page.wait('serial-open');
    await guest.forceOff();
    await page.wait('serial-ended');
    expect(page.told('serial-ended')).toMatchObject([{ failure: { code: 'closed' } }]);
  });
});
