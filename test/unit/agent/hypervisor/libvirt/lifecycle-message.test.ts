import { describe, expect, it } from 'vitest';
import { readLifecycle } from '../../../../../agent/hypervisor/libvirt/lifecycle-message.ts';

const domain = { name: 'web', uuid: '11111111-2222-4333-8444-555555555555', id: 7 };

function words(event: number, detail: number): string | undefined {
  const read = readLifecycle({ callback: 0, domain, event, detail });
  return read === undefined ? undefined : `${read.event} ${read.detail}`;
}

describe('readLifecycle', () => {
  it.each([
    [0, 0, 'defined added'],
    [0, 1, 'defined updated'],
    [1, 0, 'undefined removed'],
    [2, 0, 'started booted'],
    [2, 4, 'started wakeup'],
    [3, 0, 'suspended paused'],
    [3, 2, 'suspended io-error'],
    [4, 0, 'resumed unpaused'],
    [5, 0, 'stopped shutdown'],
    [5, 1, 'stopped destroyed'],
    [5, 2, 'stopped crashed'],
    [5, 3, 'stopped migrated'],
    [5, 5, 'stopped failed'],
    [6, 0, 'shutdown finished'],
    [6, 1, 'shutdown guest'],
    [6, 2, 'shutdown host'],
    [7, 0, 'pmsuspended memory'],
    [8, 0, 'crashed panicked'],
  ])('reads %i, %i as "%s"', (event, detail, text) => {
    expect(words(event, detail)).toEqual(text);
  });

  it('keeps an event whose reason only a newer libvirt knows', () => {
    expect([words(5, 99), words(5, -1)]).toEqual(['stopped unknown', 'stopped unknown']);
  });

  it('leaves out an event that only a newer libvirt knows', () => {
    expect([words(9, 0), words(-1, 0)]).toEqual([undefined, undefined]);
  });

  it('has no id for a domain that does not run', () => {
    const off = { ...domain, id: -1 };
    expect(readLifecycle({ callback: 0, domain: off, event: 5, detail: 0 })).toEqual({
      event: 'stopped',
      detail: 'shutdown',
      uuid: domain.uuid,
      name: 'web',
      id: undefined,
    });
  });
});
