import type { ProtocolErrorCode } from '../../protocol/errors.ts';
import type { ErrorWords } from './error-words.ts';
import { libvirtErrors } from './protocol-errors-libvirt.ts';
import { machineErrors } from './protocol-errors-machines.ts';
import { serverErrors } from './protocol-errors-server.ts';

/** Words for every error that an entity or a server can refuse a request with. */
export const protocolErrors: Readonly<Record<ProtocolErrorCode, ErrorWords>> = {
  ...machineErrors,
  ...libvirtErrors,
  ...serverErrors,

  'permission-denied': {
    what: 'You may not do this here.',
    remedy: 'Ask an administrator for the permission.',
  },
  'permission-get-failed': {
    what: 'The permissions could not be read.',
    remedy: 'Try again. If it stays so, look into the log of the agent.',
  },
  'permission-set-failed': {
    what: 'The permissions could not be changed.',
    remedy: 'Check that this entity has permissions of these names.',
  },
  'permission-list-failed': {
    what: 'The list of permissions could not be read.',
    remedy: 'Try again. If it stays so, look into the log of the agent.',
  },
  'permissions-of-others': {
    what: 'You may read and change only your own permissions here.',
    remedy: 'Ask an administrator to do it, or for the permission to do it yourself.',
  },
  'subscription-add-failed': {
    what: 'The user could not be added to the contacts.',
    remedy: 'Check the JID of the user.',
  },
  'subscription-remove-failed': {
    what: 'The user could not be removed from the contacts.',
    remedy: 'Check the JID of the user.',
  },
  'tags-set-failed': {
    what: 'The tags could not be changed.',
    remedy: 'Check that the pubsub service has the node /archipel/tags.',
  },
  'avatar-list-failed': {
    what: 'The pictures could not be listed.',
    remedy: 'Check the folder of avatars in the configuration of the agent.',
  },
  'avatar-set-failed': {
    what: 'The picture could not be changed.',
    remedy: 'Choose another picture, or check the folder of avatars of the agent.',
  },
  'roster-failed': {
    what: 'The contacts could not be read.',
    remedy: 'Try again. If it stays so, look into the log of the agent.',
  },
  'malformed-request': {
    what: 'The agent could not make sense of the request.',
    remedy: 'If you wrote it yourself, check its form. Otherwise report a problem.',
  },
  'invalid-request': {
    what: 'The agent could not read a value of the request.',
    remedy: 'Check the values. If you gave none yourself, report a problem.',
  },
  'central-agent-failed': {
    what: 'The central agent refused.',
    remedy: 'Check that a central agent is active. A standby one only answers questions.',
  },
  'platform-request-failed': {
    what: 'No hypervisor could be chosen.',
    remedy: 'Choose one yourself.',
  },
  'unknown-error': {
    what: 'It was refused for a reason that this version does not know.',
    remedy: 'The details show what was answered. A newer version may know more.',
  },
};
