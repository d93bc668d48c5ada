import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileText } from '../../../core/keyboard/compile-text.ts';
import { ServerKeyboard } from '../../../core/keyboard/server-keyboard.ts';
import { ConsoleTypist } from '../../../node/rfb/console-typist.ts';
import { HeadlessRfb } from '../../../node/rfb/headless-rfb.ts';
import { openRfb } from '../../../node/rfb/open-rfb.ts';
import type { RfbCredentials, RfbTrust } from '../../../node/rfb/rfb-options.ts';
import { RfbRelay } from '../../../node/rfb/rfb-relay.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { reachTcp } from '../../../node/rfb/reach.ts';
import { TestAuthority } from '../../support/certificates.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { QEMU_CONSOLE_PROGRAMS, QemuConsole } from '../../support/qemu-console.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { failureOf, patience, viewTcp } from '../../support/viewers.ts';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';

const isReady = requirePrograms('Consoles of QEMU', [...QEMU_CONSOLE_PROGRAMS, 'openssl']);

const view = (
  console: QemuConsole,
  credentials: RfbCredentials = {},
  trust?: RfbTrust,
): Promise<HeadlessRfb> => viewTcp(console.port, credentials, trust);

function press(viewer: HeadlessRfb, keysym: number, scancode: number): void {
  viewer.sendKey({ isDown: true, keysym, scancode });
  viewer.sendKey({ isDown: false, keysym, scancode });
}

describe.skipIf(!isReady)('a console of QEMU', () => {
  let console: QemuConsole;
  beforeAll(async () => {
    console = await QemuConsole.start();
  });
  afterAll(() => console.stop());

  it('shows its guest, pixel by pixel as QEMU itself does', async () => {
    const viewer = await view(console);
    const path = join(console.directory, 'screen.ppm');
    // The cursor of the text screen may blink between the two pictures.
    await waitFor('the same picture twice', 10_000, async () => {
      const picture = await viewer.takePicture();
      await console.command('screendump', { filename: path });
      const head = Buffer.from(`P6\n${picture.width} ${picture.height}\n255\n`);
      return (await readFile(path)).equals(Buffer.concat([head, withoutAlpha(picture.rgba)]));
    });
    viewer.close();
  });

  it('takes keys by their scancodes, and none stays down', async () => {
    const viewer = await view(console);
    expect([viewer.security, viewer.hasExtendedKeys]).toEqual(['None', true]);
    press(viewer, 0x78, 0x2d);
    // A viewer that leaves with Shift pressed lets it go.
    viewer.sendKey({ isDown: true, keysym: 0xffe1, scancode: 0x2a });
    press(viewer, 0x59, 0x15);
    viewer.close();
    await waitFor('what was typed', 10_000, async () => (await console.text()).includes('xY'));
    const next = await view(console);
    press(next, 0x7a, 0x2c);
    await waitFor('what came after', 10_000, async () => (await console.text()).includes('xYz'));
    next.close();
  });
});

describe.skipIf(!isReady)('a console of QEMU with a keymap', () => {
  it('ignores scancodes and maps keysyms, though it offers both', async () => {
    const console = await QemuConsole.start({ keymap: 'fr' });
    try {
      const viewer = await view(console);
      expect(viewer.hasExtendedKeys).toBe(true);
      // On a French keyboard a is where a US one has q; a US BIOS reads it as that.
      press(viewer, 0x61, 0x1e);
      press(viewer, 0x7a, 0x2c);
      await waitFor('what was typed', 10_000, async () => (await console.text()).includes('qw'));
      viewer.close();
    } finally {
      await console.stop();
    }
  });
});

describe.skipIf(!isReady)('a text that is typed on a console of QEMU', () => {
  it.each([undefined, 'fr'])('arrives whole with the keymap %s', async (keymap) => {
    const console = await QemuConsole.start({ ...(keymap !== undefined && { keymap }) });
    try {
      const viewer = await view(console);
      // The BIOS has a keyboard of the United States, whatever QEMU makes of keysyms.
      const keyboard = new ServerKeyboard({ layout: 'us', keymap });
      const text = 'Hello, World! {[("q@a")]} ~1|2\\3';
      const plan = compileText(text, { layout: 'us' }, keyboard.canPress);
      expect(plan.untypable).toEqual([]);
      const typist = new ConsoleTypist(viewer, plan, {
        ...{ keyboard, clock: systemClock, progressed: () => undefined },
      });
      expect(await typist.type()).toEqual({ how: 'done', certain: text.length, sent: text.length });
      await waitFor('the text', 10_000, async () => (await console.text()).includes(text));
      viewer.close();
    } finally {
      await console.stop();
    }
  });
});

describe.skipIf(!isReady)('a console of QEMU with a password', () => {
  let console: QemuConsole;
  beforeAll(async () => {
    console = await QemuConsole.start({ password: 'pässwort' });
  });
  afterAll(() => console.stop());

  it('lets in who knows it', async () => {
    const viewer = await view(console, { password: 'pässwort' });
    expect(viewer.security).toBe('VncAuth');
    viewer.close();
  });

  it('says that a password is wrong', async () => {
    expect(await failureOf(view(console, { password: 'wrong' }))).toEqual({
      code: 'wrong-credentials',
      reason: 'Authentication failed',
      wantsUsername: false,
    });
  });

  it('says that it wants one', async () => {
    expect(await failureOf(view(console))).toEqual({
      code: 'credentials-needed',
      wantsUsername: false,
    });
  });
});

describe.skipIf(!isReady)('the relay before QEMU', () => {
  let console: QemuConsole;
  beforeAll(async () => {
    console = await QemuConsole.start({ password: 'secret' });
  });
  afterAll(() => console.stop());

  it('gives a page without a password the screen, its keys and ours', async () => {
    const server = await reachTcp({ host: '127.0.0.1', port: console.port }, patience);
    const trust = { serverName: '127.0.0.1' };
    const connection = await openRfb(server, { credentials: { password: 'secret' }, trust });
    const [page, far] = duplexPair();
    const ends: unknown[] = [];
    const listener = {
      toPage: (bytes: Uint8Array) => void far.write(bytes),
      onEnd: (failure: unknown) => ends.push(failure),
    };
    const relay = new RfbRelay(connection, listener, systemClock);
    far.on('data', (chunk: Buffer) => relay.takeFromPage(chunk));
    relay.start();
    const viewer = await HeadlessRfb.open(page, { credentials: {}, trust });
    expect([viewer.security, viewer.hasExtendedKeys, relay.hasExtendedKeys]).toEqual([
      ...['None', true, true],
    ]);
    press(viewer, 0x61, 0x1e);
    await waitFor('what the page typed', 10_000, async () => (await console.text()).endsWith('a'));
    relay.sendKey({ isDown: true, keysym: 0x62, scancode: 0x30 });
    await waitFor('what we typed', 10_000, async () => (await console.text()).includes('ab'));
    relay.end();
    expect(ends).toEqual([undefined]);
  });
});

describe.skipIf(!isReady)('a console of QEMU under TLS', () => {
  let directory: string;
  let authority: TestAuthority;
  let console: QemuConsole;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'archipel-rfb-tls-'));
    authority = await TestAuthority.create(directory);
    const pair = await authority.issue({ names: ['IP:127.0.0.1', 'localhost'] });
    console = await QemuConsole.start({
      password: 'secret',
      tls: { ...pair, authority: authority.certificate },
    });
  });
  afterAll(async () => {
    await console.stop();
    await rm(directory, { recursive: true });
  });

  const trusted = (): RfbTrust => ({ serverName: 'localhost', ca: authority.certificate });

  it('is verified, and then asked for its password', async () => {
    const viewer = await view(console, { password: 'secret' }, trusted());
    expect(viewer.security).toBe('VeNCrypt X509Vnc');
    viewer.close();
  });

  it('gets no password while its certificate is not trusted', async () => {
    const failure = await failureOf(view(console, { password: 'secret' }));
    expect(failure).toMatchObject({ code: 'certificate', problem: 'unknown-authority' });
  });

  it('is trusted by the fingerprint of its certificate, and by no other', async () => {
    const duplex = await reachTcp({ host: '127.0.0.1', port: console.port }, patience);
    const connection = await openRfb(duplex, {
      credentials: { password: 'secret' },
      trust: trusted(),
    });
    connection.duplex.destroy();
    const pinnedFingerprint = connection.certificate ?? '';
    const pinned = { serverName: 'elsewhere.example', pinnedFingerprint };
    (await view(console, { password: 'secret' }, pinned)).close();
    const other = { serverName: '127.0.0.1', pinnedFingerprint: 'AA'.repeat(32) };
    const failure = await failureOf(view(console, { password: 'secret' }, other));
    expect(failure).toMatchObject({ code: 'certificate', problem: 'pin-changed' });
  });
});

function withoutAlpha(rgba: Uint8Array): Buffer {
  return Buffer.from(rgba.filter((_value, index) => index % 4 !== 3));
}
