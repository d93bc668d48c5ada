import type { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { waitFor } from '../../support/libvirtd.ts';
import { numberOf, valueOf, type Bench } from './bench.ts';
import type { Expected } from './subject.ts';

/** What a console has said so far. */
function listen(console: Duplex): () => string {
  let said = '';
  console.on('data', (chunk: Buffer) => (said += chunk.toString('latin1')));
  console.on('error', () => undefined);
  return () => said;
}

function isOver(console: Duplex): Promise<boolean> {
  return new Promise((settle) => {
    console.resume();
    console.once('close', () => settle(true));
  });
}

/** q, w and z, as on an American keyboard. */
const KEYS = [0x10, 0x11, 0x2c];

/** Text consoles and pressed keys. */
export function consoleCases(bench: Bench, expected: Expected): void {
  if (expected.console === 'echoes') echoCases(bench, expected);
  else lackOfConsoles(bench);

  it('presses keys', async () => {
    const { domains, names, subject } = await bench.booted();
    for (const key of KEYS) valueOf(await domains.sendKeys(names.uuid, [key], 20));
    if (!expected.showsKeys) return;
    await waitFor('the letters', 10_000, () => subject.screenShows(names, 'qwz'));
  });

  it('does not press keys of a domain that is off, nor none or too many of them', async () => {
    const { domains, names } = await bench.defined();
    const off = await domains.sendKeys(names.uuid, KEYS, 20);
    valueOf(await domains.create(names.uuid));
    const many = Array.from({ length: 17 }, () => 0x10);
    const [none, tooMany] = [
      await domains.sendKeys(names.uuid, [], 20),
      await domains.sendKeys(names.uuid, many, 20),
    ];
    expect([numberOf(off), none.ok, tooMany.ok]).toEqual([expected.keysWhenOff, false, false]);
  });
}

function lackOfConsoles(bench: Bench): void {
  it('says that it has no consoles', async () => {
    const { domains, names } = await bench.running();
    const answer = await domains.openConsole(names.uuid);
    expect(answer.ok ? answer : answer.error.code).toEqual('unsupported');
  });
}

function echoCases(bench: Bench, expected: Expected): void {
  it('opens a console that echoes', async () => {
    const { domains, names } = await bench.booted();
    const console = valueOf(await domains.openConsole(names.uuid));
    const said = listen(console);
    console.write('hello');
    await waitFor('the echo', 10_000, () => said().includes('hello'));
    console.destroy();
  });

  it('keeps a console for one at a time, unless it is forced', async () => {
    const { domains, names } = await bench.booted();
    const first = valueOf(await domains.openConsole(names.uuid));
    first.on('error', () => undefined);
    const lost = isOver(first);
    const refused = await domains.openConsole(names.uuid);
    const second = valueOf(await domains.openConsole(names.uuid, { force: true }));
    const said = listen(second);
    second.write('mine');
    await waitFor('the echo', 10_000, () => said().includes('mine'));
    expect([numberOf(refused), await lost]).toEqual([9, true]);
    second.destroy();
  });

  it('is free again once it was closed', async () => {
    const { domains, names } = await bench.booted();
    const first = valueOf(await domains.openConsole(names.uuid));
    first.destroy();
    await waitFor('it to be free', 10_000, async () => {
      const again = await domains.openConsole(names.uuid);
      if (again.ok) again.value.destroy();
      return again.ok;
    });
  });

  it('ends a console when its domain does', async () => {
    const { domains, names } = await bench.booted();
    const console = valueOf(await domains.openConsole(names.uuid));
    console.on('error', () => undefined);
    const over = isOver(console);
    valueOf(await domains.destroy(names.uuid));
    expect(await over).toBe(true);
  });

  it('has no console while it is off, and none of a device that is not there', async () => {
    const { domains, names } = await bench.defined();
    const off = await domains.openConsole(names.uuid);
    valueOf(await domains.create(names.uuid));
    const missing = await domains.openConsole(names.uuid, { device: 'serial7' });
    expect([numberOf(off), numberOf(missing)]).toEqual([55, expected.noConsole]);
  });
}
