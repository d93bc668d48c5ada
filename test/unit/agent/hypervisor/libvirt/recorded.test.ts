import { describe, expect, it } from 'vitest';
import {
  FRAME_STATUS,
  FRAME_TYPE,
  FrameSplitter,
  writeFrame,
  type Frame,
} from '../../../../../agent/hypervisor/libvirt/frame.ts';
import { readLifecycle } from '../../../../../agent/hypervisor/libvirt/lifecycle-message.ts';
import {
  LIFECYCLE_EVENT,
  PROCEDURES,
  type Procedure,
} from '../../../../../agent/hypervisor/libvirt/procedures.ts';
import { readStatistics } from '../../../../../agent/hypervisor/libvirt/statistics-record.ts';
import { remoteError } from '../../../../../agent/hypervisor/libvirt/wire-types.ts';
import { decode, encode, type Xdr } from '../../../../../agent/hypervisor/libvirt/xdr.ts';
import recorded from '../../../../fixtures/libvirt/virsh-9.0.json' with { type: 'json' };

const UUID = '6695eb01-f6a4-8304-79aa-97f2502e193f';

const frames = recorded.packets.map(({ from, hex }) => {
  const split = new FrameSplitter().push(Buffer.from(hex, 'hex'));
  if (!split.ok || split.value.length !== 1) throw new Error(`No packet: ${hex}`);
  return { from, hex, frame: split.value[0]! };
});

function schemaOf(frame: Frame): Xdr<unknown> {
  if (frame.type === FRAME_TYPE.message) return LIFECYCLE_EVENT.message;
  if (frame.status === FRAME_STATUS.error) return remoteError;
  const all: readonly Procedure<unknown, unknown>[] = Object.values(PROCEDURES);
  const found = all.find(({ number }) => number === frame.procedure);
  if (found === undefined) throw new Error(`Procedure ${frame.procedure} is not ours`);
  return frame.type === FRAME_TYPE.call ? found.args : found.reply;
}

function payload(procedure: number, type: number, status = 0): Uint8Array {
  const found = frames.find(
    ({ frame }) => frame.procedure === procedure && frame.type === type && frame.status === status,
  );
  if (found === undefined) throw new Error(`Not recorded: ${procedure}`);
  return found.frame.payload;
}

/** Typed parameters are only ever received. */
const isWritable = ({ procedure, type }: Frame): boolean => procedure !== 344 || type === 0;

describe('packets between virsh and libvirtd', () => {
  it.each(frames.filter(({ frame }) => isWritable(frame)))(
    'from $from are the ones that we would write, procedure $frame.procedure',
    ({ frame, hex }) => {
      const value = decode(schemaOf(frame), frame.payload);
      if (!value.ok) throw new Error(value.error);
      const written = encode(schemaOf(frame), value.value, 1 << 20);
      if (!written.ok) throw new Error(written.error);
      const packet = writeFrame({ ...frame, payload: written.value });
      expect(Buffer.from(packet).toString('hex')).toEqual(hex);
    },
  );

  it('hold what virsh showed', () => {
    expect(decode(PROCEDURES.nodeGetInfo.reply, payload(6, FRAME_TYPE.reply))).toEqual({
      ok: true,
      value: {
        model: 'i686',
        memoryKiB: 3_145_728n,
        cpus: 16,
        mhz: 1400,
        nodes: 2,
        sockets: 2,
        cores: 2,
        threads: 2,
      },
    });
  });

  it('hold an error', () => {
    const error = decode(remoteError, payload(23, FRAME_TYPE.reply, FRAME_STATUS.error));
    expect(error.ok && [error.value.number, error.value.domain, error.value.message]).toEqual([
      42,
      12,
      'Domain not found',
    ]);
  });

  it('hold the statistics of a domain', () => {
    const reply = decode(PROCEDURES.connectGetAllDomainStats.reply, payload(344, FRAME_TYPE.reply));
    expect(reply.ok && reply.value.records.map(readStatistics)).toEqual([
      {
        uuid: UUID,
        name: 'test',
        state: 'running',
        cpuTimeNs: undefined,
        balloon: undefined,
        vcpus: undefined,
        interfaces: undefined,
        blocks: undefined,
      },
    ]);
  });

  it('hold an event', () => {
    const message = decode(LIFECYCLE_EVENT.message, payload(318, FRAME_TYPE.message));
    expect(message.ok && readLifecycle(message.value)).toEqual({
      event: 'suspended',
      detail: 'paused',
      uuid: UUID,
      name: 'test',
      id: 1,
    });
  });
});
