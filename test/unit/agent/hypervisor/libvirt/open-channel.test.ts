import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FRAME_STATUS,
  FRAME_TYPE,
  FrameSplitter,
  PROGRAM,
  writeFrame,
} from '../../../../../agent/hypervisor/libvirt/frame.ts';
import { openChannel } from '../../../../../agent/hypervisor/libvirt/open-channel.ts';
import { PROCEDURES } from '../../../../../agent/hypervisor/libvirt/procedures.ts';
import { remoteError } from '../../../../../agent/hypervisor/libvirt/wire-types.ts';
import { encode, type Xdr } from '../../../../../agent/hypervisor/libvirt/xdr.ts';
import { systemClock } from '../../../../../node/xmpp/clock.ts';

/** The bytes of an answer to a procedure; undefined for silence. */
type Script = (
  procedure: number,
) => { readonly status: number; readonly payload: Uint8Array } | undefined;

function answer<T>(schema: Xdr<T>, value: T, status: number = FRAME_STATUS.ok) {
  const encoded = encode(schema, value, 1 << 16);
  if (!encoded.ok) throw new Error(encoded.error);
  return { status, payload: encoded.value };
}

const refusal = (number: number, message: string) =>
  answer(
    remoteError,
    {
      number,
      domain: 7,
      message,
      level: 2,
      subject: undefined,
      text1: undefined,
      text2: undefined,
      text3: undefined,
      integer1: 0,
      integer2: 0,
      network: undefined,
    },
    FRAME_STATUS.error,
  );

const offers = (...kinds: number[]) => answer(PROCEDURES.authList.reply, { kinds });
const { authList, authPolkit, connectOpen, connectSupportsFeature } = PROCEDURES;
const nothing = { status: FRAME_STATUS.ok, payload: new Uint8Array(0) };

describe('openChannel', () => {
  let directory: string;
  let path: string;
  let server: Server | undefined;
  let asked: number[];
  let ending: AbortController;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'archipel-channel-'));
    path = join(directory, 'sock');
    asked = [];
    ending = new AbortController();
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await new Promise<void>((done) => (server === undefined ? done() : server.close(() => done())));
    server = undefined;
    await rm(directory, { recursive: true });
  });

  function serve(script: Script): Promise<void> {
    const started = createServer((socket) => {
      sockets.push(socket);
      const splitter = new FrameSplitter();
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => {
        const frames = splitter.push(chunk);
        for (const { procedure, serial } of frames.ok ? frames.value : []) {
          asked.push(procedure);
          const said = script(procedure);
          const header = { program: PROGRAM.remote, procedure, type: FRAME_TYPE.reply, serial };
          if (said !== undefined) socket.write(writeFrame({ ...header, ...said }));
        }
      });
    });
    server = started;
    return new Promise((done) => started.listen(path, done));
  }

  function open(openTimeoutMs = 5000, paths: readonly string[] = [path]) {
    const options = { openTimeoutMs, signal: ending.signal };
    return openChannel({ name: 'qemu:///system', sockets: paths }, options, {
      clock: systemClock,
      keepAlive: { intervalMs: 60_000, maxUnanswered: 1 },
      onMessage: () => undefined,
      onClosed: () => undefined,
    });
  }

  it('asks how to prove who we are, for keep-alive, and opens, in this order', async () => {
    await serve((procedure) => {
      if (procedure === authList.number) return offers(0);
      if (procedure !== connectSupportsFeature.number) return nothing;
      return answer(connectSupportsFeature.reply, { supported: 1 });
    });
    const opened = await open();
    expect([opened.ok, asked]).toEqual([true, [66, 60, 1]]);
    if (opened.ok) opened.value.close('The test is over');
  });

  it('lets polkit judge when nothing less is offered', async () => {
    await serve((procedure) => {
      if (procedure === authList.number) return offers(2);
      if (procedure === authPolkit.number) return answer(authPolkit.reply, { complete: 1 });
      if (procedure !== connectSupportsFeature.number) return nothing;
      return answer(connectSupportsFeature.reply, { supported: 0 });
    });
    const opened = await open();
    expect([opened.ok, asked]).toEqual([true, [66, 70, 60, 1]]);
    if (opened.ok) opened.value.close('The test is over');
  });

  it('says what to do when polkit refuses', async () => {
    await serve((procedure) => {
      return procedure === authList.number ? offers(2) : refusal(45, 'authentication failed');
    });
    expect(await open()).toEqual({
      ok: false,
      error: {
        code: 'libvirt',
        number: 45,
        domain: 7,
        level: 2,
        message:
          'polkit does not let the agent manage libvirt (authentication failed). ' +
          'Run the agent as root, or add its user to the group libvirt.',
      },
    });
  });

  it('says that it has no password when only SASL is offered', async () => {
    await serve(() => offers(1));
    expect(await open()).toEqual({
      ok: false,
      error: {
        code: 'libvirt',
        number: 96,
        domain: 7,
        level: 2,
        message: 'libvirt wants a name and password (SASL), which the agent does not have.',
      },
    });
  });

  it('passes on why the driver cannot be opened', async () => {
    await serve((procedure) => {
      if (procedure === authList.number) return offers(0);
      return procedure === connectOpen.number ? refusal(5, 'no connection driver') : nothing;
    });
    const opened = await open();
    expect(opened.ok || opened.error).toEqual({
      code: 'libvirt',
      number: 5,
      domain: 7,
      level: 2,
      message: 'no connection driver',
    });
  });

  it('gives up a daemon that lets us in and says nothing', async () => {
    await serve(() => undefined);
    expect(await open(50)).toEqual({
      ok: false,
      error: { code: 'disconnected', message: 'The hypervisor daemon did not answer for 50 ms' },
    });
  });

  it('is called off while the daemon takes its time', async () => {
    await serve((procedure) => {
      if (procedure === authList.number) ending.abort();
      return undefined;
    });
    expect(await open()).toEqual({
      ok: false,
      error: { code: 'disconnected', message: 'The agent closed the connection' },
    });
  });

  it('tries one socket after the other', async () => {
    await serve((procedure) => (procedure === authList.number ? offers(0) : nothing));
    const opened = await open(5000, [join(directory, 'virtqemud-sock'), path]);
    expect(opened.ok).toEqual(true);
    if (opened.ok) opened.value.close('The test is over');
  });

  it('names every socket at which nobody listens', async () => {
    const other = join(directory, 'other');
    expect(await open(5000, [other, path])).toEqual({
      ok: false,
      error: {
        code: 'disconnected',
        message: `No hypervisor daemon listens at ${other}; No hypervisor daemon listens at ${path}`,
      },
    });
  });
});
