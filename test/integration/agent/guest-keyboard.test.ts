import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { GUEST_PROGRAMS, GuestBench } from './guest-bench.ts';

const canRun = requirePrograms('Keyboards of guests through libvirt', GUEST_PROGRAMS);
const LIMIT_MS = 10_000;

describe.runIf(canRun)('the keyboard of a guest of QEMU', () => {
  let guest: GuestBench;

  beforeAll(async () => {
    guest = await GuestBench.start(
      `<graphics type='vnc' autoport='yes' keymap='fr' passwd='s3cret'/>`,
    );
  });

  afterAll(async () => {
    await guest.stop();
    expect(guest.bugs).toEqual([]);
  });

  it('gets no keys from the hypervisor while it is off, and is told so', async () => {
    expect(await guest.run('vm.send-keys', { keys: 'Ctrl+Alt+Del' })).toMatchObject({
      name: 'failed',
      error: { code: 'not-allowed-now', reason: 'Not possible while it is off.' },
    });
  });

  it('gets the keys that the hypervisor presses, whatever keymap its screen has', async () => {
    await guest.boot();
    const before = (await guest.traced()).length;
    for (const keys of ['Ctrl+Alt+F2', 'Alt+SysRq+H', 'Windows']) {
      expect(await guest.run('vm.send-keys', { keys })).toMatchObject({ name: 'done' });
    }
    const fresh = async () => (await guest.traced()).slice(before);
    await waitFor('the keys', LIMIT_MS, async () => (await fresh()).length >= 14);
    expect(await fresh()).toEqual([
      ...['+ctrl', '+alt', '+f2', '-f2', '-alt', '-ctrl'],
      // SysRq is the key of Print with Alt.
      ...['+alt', '+print', '+h', '-h', '-print', '-alt'],
      ...['+meta_l', '-meta_l'],
    ]);
  });

  it('is rid of its keymap from its next start on, and of nothing else', async () => {
    const before = await guest.definition('--inactive');
    const secret = await guest.secret();
    expect(await guest.run('vm.remove-keymap')).toMatchObject({ name: 'done', note: 'fr' });
    expect(before).toContain(` keymap='fr'`);
    expect(await guest.definition('--inactive')).toBe(before.replace(` keymap='fr'`, ''));
    expect(await guest.definition()).toContain(` keymap='fr'`);
    expect([secret, await guest.secret()]).toEqual(['s3cret', 's3cret']);
    await guest.forceOff();
    await guest.boot();
    expect(await guest.definition()).not.toContain('keymap');
  });

  it('has it again once it is put back', async () => {
    expect(await guest.run('vm.set-keymap', { keymap: 'fr' })).toMatchObject({ name: 'done' });
    expect(await guest.definition('--inactive')).toContain(` keymap='fr'`);
    await guest.forceOff();
    await guest.boot();
    expect(await guest.definition()).toContain(` keymap='fr'`);
  });
});
