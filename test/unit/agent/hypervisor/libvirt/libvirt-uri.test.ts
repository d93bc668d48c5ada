import { describe, expect, it } from 'vitest';
import { parseLibvirtUri } from '../../../../../agent/hypervisor/libvirt/libvirt-uri.ts';

const ROOT = {
  isRoot: true,
  runtimeDirectory: undefined,
  cacheDirectory: undefined,
  homeDirectory: '/root',
};
const USER = {
  isRoot: false,
  runtimeDirectory: '/run/user/1000',
  cacheDirectory: undefined,
  homeDirectory: '/home/ann',
};

describe('parseLibvirtUri', () => {
  it.each([
    [
      'qemu:///system',
      'qemu:///system',
      ['/run/libvirt/virtqemud-sock', '/run/libvirt/libvirt-sock'],
    ],
    ['qemu:///system?mode=legacy', 'qemu:///system', ['/run/libvirt/libvirt-sock']],
    ['qemu:///system?mode=direct', 'qemu:///system', ['/run/libvirt/virtqemud-sock']],
    ['qemu+unix:///system?socket=/run/other/sock', 'qemu:///system', ['/run/other/sock']],
    ['lxc:///', 'lxc:///', ['/run/libvirt/virtlxcd-sock', '/run/libvirt/libvirt-sock']],
    ['xen:///system', 'xen:///system', ['/run/libvirt/virtxend-sock', '/run/libvirt/libvirt-sock']],
    ['test:///default', 'test:///default', ['/run/libvirt/libvirt-sock']],
    ['test:///srv/world.xml', 'test:///srv/world.xml', ['/run/libvirt/libvirt-sock']],
    ['qemu:///embed?root=/srv/q&socket=/s', 'qemu:///embed?root=%2Fsrv%2Fq', ['/s']],
  ])('reads %s for root', (text, name, sockets) => {
    expect(parseLibvirtUri(text, ROOT)).toMatchObject({ ok: true, value: { name, sockets } });
  });

  it.each([
    ['qemu:///session', USER, '/run/user/1000/libvirt/virtqemud-sock'],
    [
      'qemu:///session',
      { ...USER, runtimeDirectory: undefined },
      '/home/ann/.cache/libvirt/virtqemud-sock',
    ],
    ['qemu:///system', USER, '/run/libvirt/virtqemud-sock'],
    ['test:///default', USER, '/run/user/1000/libvirt/libvirt-sock'],
  ])('finds the socket of %s', (text, environment, socket) => {
    const uri = parseLibvirtUri(text, environment);
    expect(uri.ok && uri.value.sockets[0]).toEqual(socket);
  });

  it.each([
    ['qemu:///system', ROOT, '/var/log/libvirt/qemu'],
    ['qemu:///system?socket=/s', USER, '/var/log/libvirt/qemu'],
    ['qemu:///session', USER, '/home/ann/.cache/libvirt/qemu/log'],
    ['qemu:///session', { ...USER, cacheDirectory: '/var/ann' }, '/var/ann/libvirt/qemu/log'],
    ['test:///default', ROOT, undefined],
  ])('knows where the processes of %s write to', (text, environment, folder) => {
    const uri = parseLibvirtUri(text, environment);
    expect(uri.ok && uri.value.logDirectory).toEqual(folder);
  });

  it.each([
    ['', 'it is no URI'],
    ['/system', 'it is no URI'],
    ['qemu:///system extra', undefined],
    ['qemu+ssh://root@host/system', 'the agent drives only the hypervisor of its own machine'],
    ['qemu+tls:///system', 'the agent drives only the hypervisor of its own machine'],
    ['qemu://host/system', 'the agent drives only the hypervisor of its own machine'],
    ['qemu:', 'it has no path, such as /system'],
  ])('says why %j cannot be used', (text, why) => {
    const uri = parseLibvirtUri(text, ROOT);
    if (why === undefined) expect(uri.ok).toEqual(true);
    else {
      expect(uri).toEqual({
        ok: false,
        error: {
          code: 'libvirt',
          number: 8,
          domain: 7,
          level: 2,
          message: `${text} cannot be used: ${why}`,
        },
      });
    }
  });
});
