import { edit, type RecordCases } from './edits.ts';

export const operatingSystem: RecordCases = {
  source: `<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader readonly='yes'>/code.fd</loader>
  <nvram template='/vars.fd'>/vm.fd</nvram>
  <boot dev='hd'/>
  <smbios mode='sysinfo'/>
  <bootmenu enable='no'/>
</os>`,
  edits: {
    firmware: edit('efi', undefined, `-<os firmware='efi'>`, '+<os>'),
    type: edit(
      'hvm',
      'xen',
      `-  <type arch='x86_64' machine='q35'>hvm</type>`,
      `+  <type arch='x86_64' machine='q35'>xen</type>`,
    ),
    architecture: edit(
      'x86_64',
      'i686',
      `-  <type arch='x86_64' machine='q35'>hvm</type>`,
      `+  <type arch='i686' machine='q35'>hvm</type>`,
    ),
    machine: edit(
      'q35',
      'pc',
      `-  <type arch='x86_64' machine='q35'>hvm</type>`,
      `+  <type arch='x86_64' machine='pc'>hvm</type>`,
    ),
    loader: edit(
      '/code.fd',
      '/other.fd',
      `-  <loader readonly='yes'>/code.fd</loader>`,
      `+  <loader readonly='yes'>/other.fd</loader>`,
    ),
    nvram: edit('/vm.fd', undefined, `-  <nvram template='/vars.fd'>/vm.fd</nvram>`),
    kernel: edit(undefined, '/vmlinuz', '+  <kernel>/vmlinuz</kernel>'),
    initrd: edit(undefined, '/initrd', '+  <initrd>/initrd</initrd>'),
    commandLine: edit(undefined, 'a && b', '+  <cmdline>a &amp;&amp; b</cmdline>'),
    init: edit(undefined, '/sbin/init', '+  <init>/sbin/init</init>'),
    boot: edit(
      [{ device: 'hd' }],
      [{ device: 'network' }, { device: 'hd' }],
      `+  <boot dev='network'/>`,
    ),
    hasBootMenu: edit(false, true, `-  <bootmenu enable='no'/>`, `+  <bootmenu enable='yes'/>`),
    bootMenuTimeoutMs: edit(
      undefined,
      3000,
      `-  <bootmenu enable='no'/>`,
      `+  <bootmenu enable='no' timeout='3000'/>`,
    ),
  },
};
