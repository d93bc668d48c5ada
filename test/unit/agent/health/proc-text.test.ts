import { describe, expect, it } from 'vitest';
import {
  readCpu,
  readLoad,
  readMemory,
  readMounts,
  readTraffic,
  readUptime,
  readVirtualisation,
} from '../../../../agent/health/proc-text.ts';
import { idlePercentOf } from '../../../../agent/health/samples.ts';

describe('what the kernel tells of the machine', () => {
  it('counts what the processors did in four counters only', () => {
    const before = readCpu('cpu  100 0 100 800 50 7 7 7 0 0\ncpu0 1 2 3 4\n');
    const after = readCpu('cpu  150 0 150 1100 90 9 9 9 0 0\n');
    expect(before).toEqual({ idle: 800, total: 1000 });
    expect(idlePercentOf(before, after)).toBe(75);
    expect(idlePercentOf(after, after)).toBe(100);
  });

  it('counts buffers and caches as free memory', () => {
    const lines = ['MemTotal: 16000 kB', 'MemFree: 1000 kB', 'MemAvailable: 9 kB'];
    const more = ['Buffers: 500 kB', 'Cached: 2500 kB', 'SwapTotal: 900 kB', 'SwapFree: 600 kB'];
    expect(readMemory([...lines, ...more].join('\n'))).toEqual({
      totalKib: 16_000,
      freeKib: 4000,
      usedKib: 12_000,
      swappedKib: 300,
    });
  });

  it('tells what each network device received and sent, the loopback left out', () => {
    const text = [
      'Inter-|   Receive                |  Transmit',
      ' face |bytes    packets errs drop fifo frame compressed multicast|bytes packets',
      '    lo: 9 1 0 0 0 0 0 0 9 1 0 0 0 0 0 0',
      '  eno1: 100 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0',
      'br-a.1:7 1 0 0 0 0 0 0 3 1 0 0 0 0 0 0',
    ].join('\n');
    expect(readTraffic(text)).toEqual(
      new Map([
        ['eno1', { receivedBytes: 100, sentBytes: 20 }],
        ['br-a.1', { receivedBytes: 7, sentBytes: 3 }],
      ]),
    );
  });

  it('lists real mounts by place, each device and place once', () => {
    const text = [
      'tmpfs /run tmpfs rw 0 0',
      '/dev/sdb1 /vm\\040drives ext4 rw 0 0',
      '/dev/sda1 / ext4 rw 0 0',
      '/dev/sda1 /again ext4 rw 0 0',
    ].join('\n');
    expect(readMounts(text)).toEqual([
      { device: '/dev/sda1', mount: '/' },
      { device: '/dev/sdb1', mount: '/vm drives' },
    ]);
  });

  it('says which computer or program serves a mount that is not of this machine alone', () => {
    const text = [
      'nas:/pool /srv/a nfs4 rw 0 0',
      '[fd00::1]:/pool /srv/b nfs rw 0 0',
      '//box/share /srv/c cifs rw 0 0',
      'ada@hv2:/home /srv/d fuse.sshfs rw 0 0',
      'gvfsd-fuse /srv/e fuse.gvfsd-fuse rw 0 0',
      '/dev/sda1 / ext4 rw 0 0',
    ].join('\n');
    expect(readMounts(text).map(({ server }) => server)).toEqual([
      ...[undefined, 'nas', '[fd00::1]', 'box', 'ada@hv2', 'gvfsd-fuse'],
    ]);
  });

  it('reads load, uptime and whether the CPU helps virtualisation', () => {
    expect(readLoad('0.10 0.20 0.30 1/234 5678\n')).toEqual({ one: 0.1, five: 0.2, fifteen: 0.3 });
    expect(readUptime('1054800.5 12.0\n')).toBe('12d 5h');
    expect(readVirtualisation('flags\t\t: fpu vme svm de\n')).toBe(true);
    expect(readVirtualisation('flags\t\t: fpu vmxnot\n')).toBe(false);
  });
});
