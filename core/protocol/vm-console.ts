import { child, children } from './codec/elements.ts';
import { attribute, nothing, optional, record } from './codec/part.ts';
import { choice, integer, pythonBoolean, text, words } from './codec/value.ts';
import { joined } from './codec/special-values.ts';
import { defineAction } from './define-action.ts';

/** Announced by disco#info; original agents do not know it. */
const NAMESPACE = 'archipel:vm:console';

/** How one end of a console can be reached. */
const transports = children(
  'transport',
  record({
    kind: attribute(
      'kind',
      choice(['websocket', 'tcp']),
      '`websocket`: by the proxy, with the token; `tcp`: the screen itself, without token',
    ),
    host: attribute('host', words(), 'address, as the place that `reach` names sees it'),
    port: attribute('port', integer({ min: 1, max: 65_535 }), 'TCP port'),
    reach: attribute(
      'reach',
      choice(['network', 'host']),
      '`network`: from wherever the hypervisor is reached; `host`: only from the hypervisor itself, as through SSH',
    ),
    tls: attribute('tls', choice(['none', 'optional', 'required']), 'whether it speaks TLS'),
  }),
);

const open = defineAction({
  namespace: NAMESPACE,
  entity: 'virtualmachine',
  origin: 'ours',
  name: 'open',
  kind: 'set',
  permission: 'vnc_display',
  summary: 'Where its screen or text console can be reached now, with a token that opens it once.',
  request: {
    kind: optional(
      attribute('kind', choice(['screen', 'text']), 'which of the two; the screen when absent'),
    ),
    device: optional(
      attribute(
        'device',
        words(),
        'alias of a text console, such as serial0; the first when absent',
      ),
    ),
    force: optional(
      attribute('force', pythonBoolean(), 'whether somebody else’s text console is ended for it'),
    ),
  },
  reply: child(
    'console',
    record({
      type: attribute(
        'type',
        words(),
        'what is spoken: vnc, spice, or `text` for the bytes of a terminal',
      ),
      token: attribute('token', words(), 'opens one connection by the proxy; a secret'),
      expiresInSeconds: attribute(
        'expires',
        integer({ min: 0 }),
        'how long the token can be used, seconds',
      ),
      fingerprint: optional(
        attribute('fingerprint', words(), 'SHA-256 of the proxy’s certificate, hex pairs'),
      ),
      password: optional(attribute('password', text(), 'password of the screen; a secret')),
      keymap: optional(
        attribute('keymap', words(), 'layout that the hypervisor maps keysyms by, in its spelling'),
      ),
      transports,
    }),
  ),
  errors: [
    'console-open-failed',
    'console-no-screen',
    'vm-not-defined',
    'vm-not-running',
    'libvirt-error',
  ],
});

const sendkeys = defineAction({
  namespace: NAMESPACE,
  entity: 'virtualmachine',
  origin: 'ours',
  name: 'sendkeys',
  kind: 'set',
  permission: 'vnc_display',
  summary: 'Presses keys of its keyboard together, without a screen that is open.',
  request: {
    scancodes: attribute(
      'scancodes',
      joined(','),
      'XT scancodes in hexadecimal with commas between them, 16 at most; those with the prefix e0 have bit 7 set: `1d,38,d3` is Ctrl+Alt+Delete',
    ),
    holdMs: optional(
      attribute(
        'hold',
        integer({ min: 1, max: 10_000 }),
        'how long they are held, milliseconds; 50 when absent',
      ),
    ),
  },
  reply: nothing,
  errors: ['console-sendkeys-failed', 'vm-not-defined', 'libvirt-error'],
});

/** The consoles of a virtual machine by the proxy of our agent, and its keyboard. */
export const vmConsole = { open, sendkeys };
