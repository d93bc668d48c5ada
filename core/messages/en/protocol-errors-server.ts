import type { ErrorWords } from './error-words.ts';

const SEE_DETAILS = 'The details show what was answered.';
const ASK_SERVER = 'Ask whoever runs the XMPP server.';

/** Words for what XMPP servers refuse, and for appliances, parking, users and groups. */
export const serverErrors = {
  'not-implemented': {
    what: 'Its agent does not know this action.',
    remedy: 'The module for it may be switched off or failed to load. A newer agent may have it.',
  },
  'service-unavailable': {
    what: 'Nobody answers there.',
    remedy: 'It went offline, or what should answer is not running. Wait or check its agent.',
  },
  'recipient-unavailable': {
    what: 'It is offline.',
    remedy: 'Wait until it comes back, or check its agent.',
  },
  'item-not-found': {
    what: 'The server does not know it.',
    remedy: 'Check the name. It may have been deleted meanwhile.',
  },
  forbidden: { what: 'The server does not let you do this.', remedy: ASK_SERVER },
  'not-authorized': {
    what: 'The server wants you to show who you are first.',
    remedy: 'Log in again. For an entity, ask it for a subscription.',
  },
  'not-allowed': { what: 'The server allows this to nobody.', remedy: ASK_SERVER },
  conflict: { what: 'It is there already.', remedy: 'Choose another name, or use what is there.' },
  'bad-request': {
    what: 'The server could not make sense of the request.',
    remedy: 'If you wrote it yourself, check its form. Otherwise report a problem.',
  },
  'not-acceptable': {
    what: 'The server does not accept a value.',
    remedy: 'Check the values you gave.',
  },
  'jid-malformed': { what: 'This is not a JID.', remedy: 'A JID looks like name@example.org.' },
  'policy-violation': { what: 'A rule of the server forbids this.', remedy: ASK_SERVER },
  'resource-constraint': {
    what: 'The server is short of something, or one of its limits is reached.',
    remedy: 'Try again later. Large pictures are a usual reason.',
  },
  'registration-required': {
    what: 'The server wants you to register first.',
    remedy: ASK_SERVER,
  },
  'subscription-required': {
    what: 'You have to be subscribed for this.',
    remedy: 'Add it to your contacts and wait until it accepts.',
  },
  'remote-server-not-found': {
    what: 'The server of that JID cannot be found.',
    remedy: 'Check the part behind the @.',
  },
  'remote-server-timeout': {
    what: 'The server of that JID does not answer.',
    remedy: 'Try again later.',
  },
  'internal-server-error': {
    what: 'The server failed on its own account.',
    remedy: 'Try again. If it stays so, look into the log of the server.',
  },
  'unexpected-request': {
    what: 'The server did not expect this now.',
    remedy: 'Log in again.',
  },
  gone: { what: 'It is not there any more.', remedy: 'Remove it from your contacts.' },
  redirect: { what: 'It has moved to another address.', remedy: SEE_DETAILS },
  'undefined-condition': {
    what: 'The server refused for a reason of its own.',
    remedy: SEE_DETAILS,
  },

  'appliance-attach-failed': {
    what: 'The appliance could not be installed.',
    remedy: 'Detach the one that is attached, and check that this one still exists.',
  },
  'appliance-get-failed': { what: 'The appliances could not be listed.', remedy: SEE_DETAILS },
  'appliance-detach-failed': {
    what: 'No appliance could be detached.',
    remedy: 'Wait for a running installation, and check that one is attached.',
  },
  'appliance-package-failed': {
    what: 'No appliance could be made of it.',
    remedy: 'It has to be defined and idle, and the name has to be free.',
  },
  'feed-list-failed': { what: 'The feeds could not be read.', remedy: SEE_DETAILS },
  'feed-register-failed': {
    what: 'The feed could not be added.',
    remedy: 'Check that the address answers with a feed of appliances.',
  },
  'feed-unregister-failed': { what: 'The feed could not be removed.', remedy: SEE_DETAILS },
  'feed-download-failed': { what: 'The appliance could not be downloaded.', remedy: SEE_DETAILS },
  'feed-queue-failed': { what: 'The downloads could not be listed.', remedy: SEE_DETAILS },
  'feed-appliances-failed': { what: 'The appliances could not be listed.', remedy: SEE_DETAILS },
  'feed-delete-failed': { what: 'The appliance could not be deleted.', remedy: SEE_DETAILS },
  'feed-installed-failed': { what: 'The appliances could not be listed.', remedy: SEE_DETAILS },
  'parking-list-failed': {
    what: 'Parked virtual machines could not be listed.',
    remedy: SEE_DETAILS,
  },
  'parking-park-failed': { what: 'The virtual machine could not be parked.', remedy: SEE_DETAILS },
  'parking-unpark-failed': {
    what: 'The virtual machine could not be brought back.',
    remedy: SEE_DETAILS,
  },
  'parking-change-failed': {
    what: 'The parked virtual machine could not be changed or deleted.',
    remedy: SEE_DETAILS,
  },
  'parking-create-failed': {
    what: 'No parked virtual machine could be made.',
    remedy: 'The definition must have no description, and its UUID must be new.',
  },
  'central-agent-not-found': {
    what: 'The hypervisor does not know a central agent.',
    remedy: 'Start a central agent, or ask an account with rights on the server.',
  },
  'group-addusers-failed': { what: 'Users could not be added to the group.', remedy: SEE_DETAILS },
  'group-create-failed': { what: 'The group could not be created.', remedy: SEE_DETAILS },
  'group-delete-failed': { what: 'The group could not be deleted.', remedy: SEE_DETAILS },
  'group-deleteusers-failed': {
    what: 'Users could not be removed from the group.',
    remedy: SEE_DETAILS,
  },
  'group-list-failed': { what: 'The groups could not be listed.', remedy: SEE_DETAILS },
  'user-changepassword-failed': { what: 'The password could not be changed.', remedy: SEE_DETAILS },
  'user-filter-failed': {
    what: 'The search found too much, or failed.',
    remedy: 'Give more letters of the name.',
  },
  'user-list-failed': { what: 'The users could not be listed.', remedy: SEE_DETAILS },
  'user-register-failed': { what: 'The user could not be registered.', remedy: SEE_DETAILS },
  'user-unregister-failed': { what: 'The user could not be removed.', remedy: SEE_DETAILS },
} as const satisfies Readonly<Record<string, ErrorWords>>;
