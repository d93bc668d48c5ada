import { expect, it } from 'vitest';
import { numberOf, valueOf, type Bench } from './bench.ts';
import type { Expected } from './subject.ts';

/** What happens to a domain from its start to its end. */
export function lifecycleCases(bench: Bench, expected: Expected): void {
  it('starts a domain, tells it in the driver’s order and answers with its id', async () => {
    const { domains, names, happenings } = await bench.defined();
    const id = valueOf(await domains.create(names.uuid));
    expect(await happenings.take(expected.onStart.length)).toEqual(expected.onStart);
    const listed = valueOf(await domains.list()).find(({ uuid }) => uuid === names.uuid);
    expect(listed).toEqual({ ...names, id, state: 'running', persistent: true, autostart: false });
  });

  it('refuses to start a domain that runs', async () => {
    const { domains, names } = await bench.running();
    expect(numberOf(await domains.create(names.uuid))).toEqual(expected.wrongState);
  });

  it.each(['suspend', 'resume'] as const)('refuses to %s a domain that is off', async (call) => {
    const { domains, names } = await bench.defined();
    expect(numberOf(await domains[call](names.uuid))).toEqual(expected.wrongState);
  });

  it.each(['shutdown', 'reboot', 'destroy', 'screenshot'] as const)(
    'answers %s for a domain that is off as the driver does',
    async (call) => {
      const { domains, names } = await bench.defined();
      expect(numberOf(await domains[call](names.uuid))).toEqual(expected.whenOff[call]);
    },
  );

  it('pauses and resumes a domain and tells both', async () => {
    const { domains, names, happenings } = await bench.running();
    valueOf(await domains.suspend(names.uuid));
    expect(valueOf(await domains.info(names.uuid)).state).toEqual('paused');
    valueOf(await domains.resume(names.uuid));
    expect(valueOf(await domains.info(names.uuid)).state).toEqual('running');
    expect(await happenings.take(2)).toEqual([
      { event: 'suspended', detail: 'paused' },
      { event: 'resumed', detail: 'unpaused' },
    ]);
  });

  it('answers a second pause and a second resume as the driver does', async () => {
    const { domains, names } = await bench.running();
    expect(numberOf(await domains.resume(names.uuid))).toEqual(expected.wrongState);
    valueOf(await domains.suspend(names.uuid));
    const again = await domains.suspend(names.uuid);
    expect(again.ok).toEqual(!expected.refusesPausedTwice);
  });

  it('lets a guest shut down by itself and tells it', async () => {
    const { domains, names, happenings } = await bench.booted();
    valueOf(await domains.shutdown(names.uuid));
    expect(await happenings.take(expected.onShutdown.length)).toEqual(expected.onShutdown);
    expect(valueOf(await domains.info(names.uuid)).state).toEqual('shutoff');
  });

  it('reboots a guest, which runs on', async () => {
    const { domains, names } = await bench.booted();
    expect(await domains.reboot(names.uuid)).toEqual({ ok: true, value: undefined });
    expect(valueOf(await domains.info(names.uuid)).state).toEqual('running');
  });

  it('takes the power away and tells it', async () => {
    const { domains, names, happenings } = await bench.running();
    valueOf(await domains.destroy(names.uuid));
    expect(await happenings.take(expected.onDestroy.length)).toEqual(expected.onDestroy);
    expect(valueOf(await domains.info(names.uuid)).state).toEqual('shutoff');
  });

  it('keeps a running domain whose definition is removed until it stops', async () => {
    const { domains, names, happenings } = await bench.running();
    valueOf(await domains.undefine(names.uuid));
    expect(await happenings.take(1)).toEqual([{ event: 'undefined', detail: 'removed' }]);
    const listed = valueOf(await domains.list()).find(({ uuid }) => uuid === names.uuid);
    expect(listed?.persistent).toEqual(false);
    valueOf(await domains.destroy(names.uuid));
    await happenings.take(expected.onDestroy.length);
    expect(numberOf(await domains.info(names.uuid))).toEqual(42);
  });

  it('hears within a second what someone else does', async () => {
    const { names, subject, happenings } = await bench.running();
    await subject.suspendFromOutside(names);
    expect(await happenings.take(1, 1000)).toEqual([{ event: 'suspended', detail: 'paused' }]);
  });

  if (!expected.hasProcesses) return;
  it('tells that a guest’s process was killed', async () => {
    const { domains, names, subject, happenings } = await bench.running();
    await subject.killGuest(names);
    expect(await happenings.take(1)).toEqual([{ event: 'stopped', detail: 'failed' }]);
    const killed = valueOf(await domains.info(names.uuid));
    expect(killed).toMatchObject({ state: 'shutoff', hasCrashed: true });
    valueOf(await domains.create(names.uuid));
    valueOf(await domains.destroy(names.uuid));
    const forced = valueOf(await domains.info(names.uuid));
    expect(forced).toMatchObject({ state: 'shutoff', hasCrashed: false });
  });

  it('keeps what the process of a guest wrote last, beyond its end', async () => {
    const { domains, names, subject, happenings } = await bench.running();
    await subject.killGuest(names);
    await happenings.take(1);
    const [last] = await domains.lastWords(names.name, 1);
    expect(last).toMatch(/^\d{4}-\d\d-\d\d [\d:.]+\+0000: shutting down, reason=crashed$/u);
  });

  it('knows no last words of a domain that never was', async () => {
    const { domains } = await bench.running();
    expect(await domains.lastWords('../never', 5)).toEqual([]);
  });
}
