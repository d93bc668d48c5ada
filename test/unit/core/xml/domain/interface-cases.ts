import { edit, type RecordCases } from './edits.ts';

const cardLines = {
  source: `  <source network='default' portgroup='kept'/>`,
  model: `  <model type='virtio'/>`,
};
export const networkCard: RecordCases = {
  source: `<interface type='network' trustGuestRxFilters='yes'>
  <mac address='52:54:00:6b:3c:58'/>
${cardLines.source}
  <target dev='vnet0'/>
${cardLines.model}
  <mtu size='9000'/>
</interface>`,
  edits: {
    type: edit(
      'network',
      'bridge',
      `-<interface type='network' trustGuestRxFilters='yes'>`,
      `+<interface type='bridge' trustGuestRxFilters='yes'>`,
    ),
    mac: edit(
      '52:54:00:6b:3c:58',
      '52:54:00:00:00:01',
      `-  <mac address='52:54:00:6b:3c:58'/>`,
      `+  <mac address='52:54:00:00:00:01'/>`,
    ),
    sourceNetwork: edit(
      'default',
      undefined,
      `-${cardLines.source}`,
      `+  <source portgroup='kept'/>`,
    ),
    sourceBridge: edit(
      undefined,
      'br0',
      `-${cardLines.source}`,
      `+  <source network='default' portgroup='kept' bridge='br0'/>`,
    ),
    sourceDevice: edit(
      undefined,
      'eth0',
      `-${cardLines.source}`,
      `+  <source network='default' portgroup='kept' dev='eth0'/>`,
    ),
    sourceMode: edit(
      undefined,
      'vepa',
      `-${cardLines.source}`,
      `+  <source network='default' portgroup='kept' mode='vepa'/>`,
    ),
    model: edit('virtio', 'igb', `-${cardLines.model}`, `+  <model type='igb'/>`),
    target: edit('vnet0', undefined, `-  <target dev='vnet0'/>`),
    virtualPort: edit(undefined, 'openvswitch', `+  <virtualport type='openvswitch'/>`),
    filter: edit(undefined, 'clean-traffic', `+  <filterref filter='clean-traffic'/>`),
    link: edit('up', 'down', `+  <link state='down'/>`),
    bootOrder: edit(undefined, 1, `+  <boot order='1'/>`),
  },
};
