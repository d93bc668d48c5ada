import { decode } from 'fast-png';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { MODULES } from '../../../core/protocol/all-actions.ts';
import type { Action, ReplyOf, RequestOf } from '../../../core/protocol/define-action.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import type { Platform } from '../../../demo/platform.ts';
import { expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { greetRfb } from '../../support/rfb-greeting.ts';
import { bytesOf, closeCode, openWebSocket } from '../../support/web-socket-client.ts';
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

const call = async <A extends Action>(action: A, input: RequestOf<A>) =>
  // The reply was read by the action's own codec.
  expectOk(await on.application.call(machine.id, action, input)) as ReplyOf<A>;

const open = async () => call(MODULES.console.open, {});

async function viewer(scheme: 'ws' | 'wss'): Promise<WebSocket> {
  const { token, fingerprint, transports } = await open();
  const url = `${scheme}://127.0.0.1:${transports[0]!.port}/?token=${token}`;
  const pinned = scheme === 'wss' ? { fingerprint: fingerprint! } : {};
  const socket = await openWebSocket({ url, protocols: ['binary'], ...pinned });
  if (typeof socket === 'number') throw new Error(`Refused with ${socket}`);
  return socket;
}

it.each(['ws', 'wss'] as const)('shows the screen of a machine by %s', async (scheme) => {
  const socket = await viewer(scheme);
  expect(await greetRfb(bytesOf(socket))).toMatchObject({
    name: `QEMU (${machine.name})`,
    width: 640,
    height: 400,
  });
  socket.terminate();
});

it('shows in its pictures what was typed on the screen', async () => {
  const picture = async () => {
    const shot = await call(MODULES.vm.screenshot, { size: 'full' });
    return Buffer.from(decode(Buffer.from(shot!.data, 'base64')).data);
  };
  const before = await picture();
  const stream = bytesOf(await viewer('ws'));
  await greetRfb(stream);
  // The key A goes down and up again (RFC 6143 §7.5.4).
  stream.write(Buffer.from([4, 1, 0, 0, 0, 0, 0, 0x61, 4, 0, 0, 0, 0, 0, 0, 0x61]));
  await waitFor('the letter', 5000, async () => !(await picture()).equals(before));
  stream.destroy();
});

it('closes the screen when the machine is forced off', async () => {
  const code = closeCode(await viewer('ws'));
  await call(MODULES.vm.destroy, {});
  expect([1000, 1001]).toContain(await code);
});
