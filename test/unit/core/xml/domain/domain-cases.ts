import { edit, type RecordCases } from './edits.ts';

const bareDisk = {
  type: 'file',
  device: undefined,
  driverName: undefined,
  driverType: undefined,
  cache: undefined,
  io: undefined,
  discard: undefined,
  sourceFile: '/a.img',
  sourceDevice: undefined,
  sourceDirectory: undefined,
  sourcePool: undefined,
  sourceVolume: undefined,
  sourceProtocol: undefined,
  sourceName: undefined,
  target: 'vda',
  bus: undefined,
  tray: 'closed',
  serial: undefined,
  bootOrder: undefined,
  isReadOnly: false,
  isShareable: false,
  isTransient: false,
};
const bareCard = {
  type: 'bridge',
  mac: '52:54:00:00:00:01',
  sourceNetwork: undefined,
  sourceBridge: 'br0',
  sourceDevice: undefined,
  sourceMode: undefined,
  model: undefined,
  target: undefined,
  virtualPort: undefined,
  filter: undefined,
  link: 'up',
  bootOrder: undefined,
};
const bareGraphics = {
  type: 'vnc',
  port: -1,
  tlsPort: undefined,
  isAutoport: undefined,
  websocket: undefined,
  listen: undefined,
  keymap: undefined,
  password: undefined,
};
const bareSystem = {
  firmware: undefined,
  type: 'hvm',
  architecture: undefined,
  machine: undefined,
  loader: undefined,
  nvram: undefined,
  kernel: undefined,
  initrd: undefined,
  commandLine: undefined,
  init: undefined,
  boot: [],
  hasBootMenu: undefined,
  bootMenuTimeoutMs: undefined,
};
const bareVcpu = { maximum: 2, current: undefined, placement: undefined, cpuset: undefined };

export const domain: RecordCases = {
  source: `<domain type='kvm' id='7' xmlns:q='urn:q'>
  <name>a</name>
  <title>A</title>
  <memory unit='MiB' dumpCore='off'>512</memory> <!-- enough -->
  <vcpu>2</vcpu>
  <os>
    <type>hvm</type>
  </os>
  <features>
    <acpi/>
  </features>
  <on_crash>restart</on_crash>
  <devices>
    <emulator>/usr/bin/kvm</emulator>
    <disk type='file'>
      <source file='/a.img'/>
      <target dev='vda'/>
    </disk>
    <controller type='usb'/>
    <interface type='bridge'>
      <mac address='52:54:00:00:00:01'/>
      <source bridge='br0'/>
    </interface>
    <graphics type='vnc' port='-1'/>
  </devices>
  <q:commandline/>
</domain>`,
  edits: {
    type: edit(
      'kvm',
      'qemu',
      `-<domain type='kvm' id='7' xmlns:q='urn:q'>`,
      `+<domain type='qemu' id='7' xmlns:q='urn:q'>`,
    ),
    id: edit(
      7,
      undefined,
      `-<domain type='kvm' id='7' xmlns:q='urn:q'>`,
      `+<domain type='kvm' xmlns:q='urn:q'>`,
    ),
    name: edit('a', 'b < c', '-  <name>a</name>', '+  <name>b &lt; c</name>'),
    uuid: edit(
      undefined,
      '7a1c9e0a-52a0-4d7c-9c0b-0f6a0f0f2a11',
      '+  <uuid>7a1c9e0a-52a0-4d7c-9c0b-0f6a0f0f2a11</uuid>',
    ),
    title: edit('A', undefined, '-  <title>A</title>'),
    description: edit(undefined, 'one\ntwo', '+  <description>one', '+two</description>'),
    maxMemory: edit(
      undefined,
      { sizeKib: 1024, slots: 2 },
      `+  <maxMemory unit='KiB' slots='2'>1024</maxMemory>`,
    ),
    memoryKib: edit(
      512 * 1024,
      768 * 1024,
      `-  <memory unit='MiB' dumpCore='off'>512</memory> <!-- enough -->`,
      `+  <memory unit='MiB' dumpCore='off'>768</memory> <!-- enough -->`,
    ),
    currentMemoryKib: edit(undefined, 1000, `+  <currentMemory unit='KiB'>1000</currentMemory>`),
    vcpu: edit(
      bareVcpu,
      { ...bareVcpu, maximum: 4, current: 2 },
      '-  <vcpu>2</vcpu>',
      `+  <vcpu current='2'>4</vcpu>`,
    ),
    bootloader: edit(undefined, '/pygrub', '+  <bootloader>/pygrub</bootloader>'),
    bootloaderArguments: edit(undefined, '-q', '+  <bootloader_args>-q</bootloader_args>'),
    os: edit(
      bareSystem,
      { ...bareSystem, boot: [{ device: 'hd' }, { device: 'fd' }] },
      `+    <boot dev='hd'/>`,
      `+    <boot dev='fd'/>`,
    ),
    onPoweroff: edit(undefined, 'destroy', '+  <on_poweroff>destroy</on_poweroff>'),
    onReboot: edit(undefined, 'restart', '+  <on_reboot>restart</on_reboot>'),
    onCrash: edit(
      'restart',
      'preserve',
      '-  <on_crash>restart</on_crash>',
      '+  <on_crash>preserve</on_crash>',
    ),
    onLockFailure: edit(undefined, 'pause', '+  <on_lockfailure>pause</on_lockfailure>'),
    emulator: edit(
      '/usr/bin/kvm',
      '/opt/kvm',
      '-    <emulator>/usr/bin/kvm</emulator>',
      '+    <emulator>/opt/kvm</emulator>',
    ),
    disks: edit(
      [bareDisk],
      [bareDisk, { ...bareDisk, sourceFile: '/b.img', target: 'vdb', isReadOnly: true }],
      `+    <disk type='file'>`,
      `+      <source file='/b.img'/>`,
      `+      <target dev='vdb'/>`,
      '+      <readonly/>',
      '+    </disk>',
    ),
    interfaces: edit(
      [bareCard],
      [],
      `-    <interface type='bridge'>`,
      `-      <mac address='52:54:00:00:00:01'/>`,
      `-      <source bridge='br0'/>`,
      '-    </interface>',
    ),
    graphics: edit(
      [bareGraphics],
      [{ ...bareGraphics, port: 5900, isAutoport: false }],
      `-    <graphics type='vnc' port='-1'/>`,
      `+    <graphics type='vnc' port='5900' autoport='no'/>`,
    ),
  },
};
