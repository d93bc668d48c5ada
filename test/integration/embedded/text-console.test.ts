import { afterAll, beforeAll, expect, it } from 'vitest';
import { MODULES } from '../../../core/protocol/all-actions.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import type { Platform } from '../../../demo/platform.ts';
import { expectOk } from '../../support/expect-result.ts';
import { openTextConsole, type TextConsoleWish } from '../../support/text-console-page.ts';
import { ApplicationOnPlatform, startTestPlatform } from '../client/application-on-platform.ts';

let platform: Platform;
let on: ApplicationOnPlatform;
let machine: Entity;

beforeAll(async () => {
  platform = await startTestPlatform();
  on = new ApplicationOnPlatform(platform);
  await on.logIn();
  machine = on.named(platform.world.hosts[0]!.machines[0]!.name);
});

afterAll(async () => {
  await on.stop();
  await platform.stop();
  expect(on.bugs).toEqual([]);
});

const open = (wish?: TextConsoleWish) => openTextConsole(on.application, machine, wish);

it('answers on a text console what is typed, over TLS whose certificate is pinned', async () => {
  const { wait, type, shows, close } = await open();
  await wait('serial-open');
  await shows(`${machine.name} login: `);
  type('ada\r');
  await shows('Password: ');
  type('secret\r');
  await shows('Welcome.');
  type('hostname\r');
  await shows(`hostname\r\n${machine.name}\r\n`);
  close();
  await wait('serial-ended');
});

it('says that somebody else has a text console, and ends theirs when it is taken over', async () => {
  const first = await open();
  await first.wait('serial-open');
  const second = await open();
  await second.wait('serial-ended');
  const reason = expect.stringContaining('Active console session exists') as string;
  const failure = { code: 'websocket-refused', reason };
  expect(second.told('serial-ended')).toMatchObject([{ failure }]);
  const third = await open({ force: true });
  await third.wait('serial-open');
  await first.wait('serial-ended');
  expect(first.told('serial-ended')).toMatchObject([{ failure: { code: 'closed' } }]);
  third.close();
});

it('shows no token to a proxy of a text console with another certificate', async () => {
  const { told, wait } = await open({ pin: 'AB:CD' });
  await wait('serial-ended');
  const failure = { code: 'certificate', problem: 'pin-changed' };
  expect([told('serial-open'), told('serial-ended')]).toMatchObject([[], [{ failure }]]);
});

it('ends a text console when the machine is forced off', async () => {
  const { told, wait } = await open();
  await wait('serial-open');
  expectOk(await on.application.call(machine.id, MODULES.vm.destroy, {}));
  await wait('serial-ended');
  expect(told('serial-ended')).toMatchObject([{ failure: { code: 'closed' } }]);
});
