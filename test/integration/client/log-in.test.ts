import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Platform } from '../../../demo/platform.ts';
import { expectOk } from '../../support/expect-result.ts';
import { ApplicationOnPlatform, startTestPlatform } from './application-on-platform.ts';

let platform: Platform;
let on: ApplicationOnPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  on = new ApplicationOnPlatform(platform);
  await on.logIn();
});

afterAll(async () => {
  await on.stop();
  await platform.stop();
  expect(on.bugs).toEqual([]);
});

it('knows every hypervisor and machine of the platform by kind and name', () => {
  const known = on
    .online()
    .map(({ kind, name }) => `${kind} ${name}`)
    .sort();
  const real = platform.world.hosts.flatMap((host) => [
    `hypervisor ${host.name}`,
    ...host.machines.map(({ name }) => `virtualmachine ${name}`),
  ]);
  expect(known).toEqual(real.sort());
});

it('places every machine under its hypervisor', () => {
  const placed = on
    .entities()
    .filter(({ kind }) => kind === 'virtualmachine')
    .map(
      ({ name, hypervisor }) => `${name} on ${on.application.inventory.entity(hypervisor!)?.name}`,
    )
    .sort();
  const real = platform.world.hosts.flatMap((host) =>
    host.machines.map(({ name }) => `${name} on ${host.name}`),
  );
  expect(placed).toEqual(real.sort());
});

it('logs in with a third of the stanzas of the original client', async () => {
  const counts = expectOk(await on.application.handlers.stanzas.counts(undefined, { windowId: 1 }));
  const sent = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const entities = on.agentCount;
  // The first log-in ever of the original: 15 + 2 for each entity.
  expect({ sent, isEconomical: sent <= (15 + 2 * entities) / 3 }).toEqual({
    sent,
    isEconomical: true,
  });
});
