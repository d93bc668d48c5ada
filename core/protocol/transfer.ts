import { child } from './codec/elements.ts';
import { exactText } from './codec/escaped-text.ts';
import { attribute, content, nothing, record } from './codec/part.ts';
import { base64, bareJid } from './codec/special-values.ts';
import { words } from './codec/value.ts';
import { defineAction } from './define-action.ts';

/** Announced by disco#info; original agents do not know it. */
const NAMESPACE = 'archipel:transfer';

const ours = { namespace: NAMESPACE, entity: 'hypervisor', origin: 'ours' } as const;

const key = defineAction({
  ...ours,
  name: 'key',
  kind: 'get',
  permission: undefined,
  summary: 'The public key that credentials for it are sealed with.',
  request: {},
  reply: child(
    'key',
    record({
      id: attribute('id', words(), 'names the key; an older one is refused'),
      algorithm: attribute('algorithm', words(), 'how to seal'),
      data: content(base64(), 'public key'),
    }),
  ),
  errors: ['transfer-key-failed'],
});

const receive = defineAction({
  ...ours,
  name: 'receive',
  kind: 'set',
  permission: undefined,
  summary: 'Takes over a stopped virtual machine, its credentials sealed for this hypervisor.',
  request: {
    jid: attribute('jid', bareJid(), 'the virtual machine'),
    credentials: child(
      'credentials',
      record({
        key: attribute('key', words(), 'the key they are sealed with'),
        algorithm: attribute('algorithm', words(), 'how they are sealed'),
        sealed: content(base64(), 'the sealed password'),
      }),
    ),
    definition: child('text', exactText('the definition, without credentials')),
  },
  reply: nothing,
  errors: ['transfer-receive-failed', 'vm-already-managed', 'vm-name-taken', 'libvirt-error'],
});

/** How a stopped virtual machine moves between hypervisors of ours; each side checks who the other is. */
export const transfer = { key, receive };
