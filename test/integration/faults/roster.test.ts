import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Platform } from '../../../demo/platform.ts';
import { ApplicationOnPlatform, startTestPlatform } from '../client/application-on-platform.ts';

let platform: Platform;
let on: ApplicationOnPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({ hypervisors: 250, machines: 19 });
  on = new ApplicationOnPlatform(platform);
});

afterAll(async () => {
  await on.stop();
  await platform.stop();
});

it('knows 5,000 entities by name and place, and tells windows of them in few batches', async () => {
  await on.logIn();
  const online = on.online();
  const names = new Map(
    platform.world.hosts.flatMap((host) => [
      [host.name, undefined] as const,
      ...host.machines.map(({ name }) => [name, host.name] as const),
    ]),
  );
  const hypervisorNameOf = ({ hypervisor }: (typeof online)[number]) =>
    hypervisor && on.application.inventory.entity(hypervisor)?.name;
  expect({
    count: online.length,
    places: new Map(online.map((one) => [one.name, hypervisorNameOf(one)])),
    bugs: on.bugs,
  }).toEqual({ count: 5000, places: names, bugs: [] });
  // One for each entity would keep a window busy with nothing else.
  expect(on.audience.told.deltas.length).toBeLessThan(1000);
});
