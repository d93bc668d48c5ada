import * as v from 'valibot';
import { platform } from './define-command.ts';

const machine = ['virtualmachine'] as const;

export const resources = [
  platform({
    id: 'vm.set-memory',
    icon: 'memory-stick',
    group: 'resources',
    /** KiB, as libvirt counts memory. */
    input: v.strictObject({ kib: v.pipe(v.number(), v.integer(), v.minValue(1024)) }),
    kinds: machine,
    states: ['running', 'paused'],
    permission: 'memory',
    danger: 'reversible',
    bulk: true,
    form: true,
  }),
  platform({
    id: 'vm.set-processors',
    icon: 'cpu',
    group: 'resources',
    input: v.strictObject({
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
    }),
    kinds: machine,
    states: ['running', 'paused'],
    permission: 'setvcpus',
    danger: 'reversible',
    bulk: true,
    form: true,
  }),
  platform({
    id: 'vm.set-autostart',
    icon: 'sunrise',
    group: 'resources',
    input: v.strictObject({ on: v.boolean() }),
    kinds: machine,
    states: ['running', 'paused', 'off', 'crashed', 'shutting-down'],
    permission: 'autostart',
    danger: 'reversible',
    bulk: true,
    form: true,
  }),
] as const;
