import { edit, type RecordCases } from './edits.ts';

export const boot: RecordCases = {
  source: `<boot dev='hd' vendor='kept'/>`,
  edits: {
    device: edit(
      'hd',
      'cdrom',
      `-<boot dev='hd' vendor='kept'/>`,
      `+<boot dev='cdrom' vendor='kept'/>`,
    ),
  },
};

export const vcpu: RecordCases = {
  source: `<vcpu placement='static' cpuset='1-4'\n  current='1'>2</vcpu>`,
  edits: {
    maximum: edit(2, 4, `-  current='1'>2</vcpu>`, `+  current='1'>4</vcpu>`),
    current: edit(1, 2, `-  current='1'>2</vcpu>`, `+  current='2'>2</vcpu>`),
    placement: edit(
      'static',
      'auto',
      `-<vcpu placement='static' cpuset='1-4'`,
      `+<vcpu placement='auto' cpuset='1-4'`,
    ),
    cpuset: edit(
      '1-4',
      undefined,
      `-<vcpu placement='static' cpuset='1-4'`,
      `+<vcpu placement='static'`,
    ),
  },
};

export const maxMemory: RecordCases = {
  source: `<maxMemory slots='16' unit='GiB'>4</maxMemory>`,
  edits: {
    sizeKib: edit(
      4 * 1024 ** 2,
      8 * 1024 ** 2,
      `-<maxMemory slots='16' unit='GiB'>4</maxMemory>`,
      `+<maxMemory slots='16' unit='GiB'>8</maxMemory>`,
    ),
    slots: edit(
      16,
      32,
      `-<maxMemory slots='16' unit='GiB'>4</maxMemory>`,
      `+<maxMemory slots='32' unit='GiB'>4</maxMemory>`,
    ),
  },
};

const graphicsTag = `<graphics type='vnc' port='5901' autoport='no' listen='127.0.0.1'>`;
export const graphics: RecordCases = {
  source: `${graphicsTag}
  <listen type='address' address='127.0.0.1'/>
</graphics>`,
  edits: {
    type: edit('vnc', 'spice', `-${graphicsTag}`, `+${graphicsTag.replace('vnc', 'spice')}`),
    port: edit(5901, -1, `-${graphicsTag}`, `+${graphicsTag.replace('5901', '-1')}`),
    tlsPort: edit(
      undefined,
      5902,
      `-${graphicsTag}`,
      `+${graphicsTag.replace('>', ` tlsPort='5902'>`)}`,
    ),
    isAutoport: edit(false, true, `-${graphicsTag}`, `+${graphicsTag.replace(`'no'`, `'yes'`)}`),
    websocket: edit(
      undefined,
      -1,
      `-${graphicsTag}`,
      `+${graphicsTag.replace('>', ` websocket='-1'>`)}`,
    ),
    listen: edit(
      '127.0.0.1',
      '::1',
      `-${graphicsTag}`,
      `+${graphicsTag.replace('127.0.0.1', '::1')}`,
    ),
    keymap: edit(
      undefined,
      'fr',
      `-${graphicsTag}`,
      `+${graphicsTag.replace('>', ` keymap='fr'>`)}`,
    ),
    password: edit(
      undefined,
      `a'<&>`,
      `-${graphicsTag}`,
      `+${graphicsTag.replace(/>$/, ` passwd='a&apos;&lt;&amp;>'>`)}`,
    ),
  },
};
