import { edit, type RecordCases } from './edits.ts';

const diskLines = {
  tag: `<disk type='file' device='disk' snapshot='no'>`,
  driver: `  <driver name='qemu' type='qcow2' queues='4'/>`,
  source: `  <source file='/a.img' index='1'/>`,
  target: `  <target dev='vda' bus='virtio'/>`,
};
const source = (added: string) => [
  `-${diskLines.source}`,
  `+  <source file='/a.img' index='1'${added}/>`,
];
const driver = (added: string) => [
  `-${diskLines.driver}`,
  `+  <driver name='qemu' type='qcow2' queues='4'${added}/>`,
];
export const disk: RecordCases = {
  source: `${diskLines.tag}
${diskLines.driver}
${diskLines.source}
  <!-- never grow this one -->
${diskLines.target}
  <shareable/>
  <address type='pci' slot='0x04'/>
</disk>`,
  edits: {
    type: edit('file', 'block', `-${diskLines.tag}`, `+${diskLines.tag.replace('file', 'block')}`),
    device: edit(
      'disk',
      'lun',
      `-${diskLines.tag}`,
      `+${diskLines.tag.replace(`'disk'`, `'lun'`)}`,
    ),
    driverName: edit(
      'qemu',
      'phy',
      `-${diskLines.driver}`,
      `+${diskLines.driver.replace('qemu', 'phy')}`,
    ),
    driverType: edit(
      'qcow2',
      'raw',
      `-${diskLines.driver}`,
      `+${diskLines.driver.replace('qcow2', 'raw')}`,
    ),
    cache: edit(undefined, 'none', ...driver(` cache='none'`)),
    io: edit(undefined, 'native', ...driver(` io='native'`)),
    discard: edit(undefined, 'unmap', ...driver(` discard='unmap'`)),
    sourceFile: edit(
      '/a.img',
      '/b & c.img',
      `-${diskLines.source}`,
      `+  <source file='/b &amp; c.img' index='1'/>`,
    ),
    sourceDevice: edit(undefined, '/dev/sda', ...source(` dev='/dev/sda'`)),
    sourceDirectory: edit(undefined, '/d', ...source(` dir='/d'`)),
    sourcePool: edit(undefined, 'fast', ...source(` pool='fast'`)),
    sourceVolume: edit(undefined, 'v', ...source(` volume='v'`)),
    sourceProtocol: edit(undefined, 'rbd', ...source(` protocol='rbd'`)),
    sourceName: edit(undefined, 'p/i', ...source(` name='p/i'`)),
    target: edit(
      'vda',
      'vdb',
      `-${diskLines.target}`,
      `+${diskLines.target.replace('vda', 'vdb')}`,
    ),
    bus: edit('virtio', undefined, `-${diskLines.target}`, `+  <target dev='vda'/>`),
    tray: edit(
      'closed',
      'open',
      `-${diskLines.target}`,
      `+  <target dev='vda' bus='virtio' tray='open'/>`,
    ),
    serial: edit(undefined, 'S1', '+  <serial>S1</serial>'),
    bootOrder: edit(undefined, 2, `+  <boot order='2'/>`),
    isReadOnly: edit(false, true, '+  <readonly/>'),
    isShareable: edit(true, false, '-  <shareable/>'),
    isTransient: edit(false, true, '+  <transient/>'),
  },
};
