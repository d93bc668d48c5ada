import { child } from './codec/elements.ts';
import { attribute, optional, record } from './codec/part.ts';
import { integer, pythonBoolean, text, words } from './codec/value.ts';
import { defineAction } from './define-action.ts';

const port = integer({ min: -1, max: 65_535 });

const display = defineAction({
  namespace: 'archipel:virtualmachine:vnc',
  entity: 'virtualmachine',
  origin: 'original',
  name: 'display',
  kind: 'get',
  permission: 'vnc_display',
  summary: 'Where its screen can be reached; all is absent when it has no graphics.',
  request: {},
  reply: child(
    'display',
    record({
      type: optional(attribute('type', words(), 'kind of its first graphics device: vnc, spice …')),
      port: optional(attribute('port', port, 'TCP port of the display on the host; −1 while off')),
      proxyPort: optional(attribute('proxy', port, 'port of its websocket proxy; −1 while off')),
      host: optional(attribute('host', text(), 'address of the hypervisor')),
      onlyTls: optional(
        attribute('onlyssl', pythonBoolean(), 'whether the proxy refuses connections without TLS'),
      ),
      supportsTls: optional(
        attribute('supportssl', pythonBoolean(), 'whether the proxy accepts TLS'),
      ),
    }),
  ),
  errors: ['vnc-display-failed', 'vm-not-defined', 'libvirt-error'],
});

/** The screen of a virtual machine. Original agents do not answer at all while it is not defined. */
export const vnc = { display };
