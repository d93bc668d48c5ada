import { child, children } from './codec/elements.ts';
import { attribute, nothing, optional, record } from './codec/part.ts';
import { bareJid } from './codec/special-values.ts';
import { choice, integer, pythonBoolean, words } from './codec/value.ts';
import { defineAction, type ReplyOf } from './define-action.ts';

const NAMESPACE = 'archipel:xmppserver:users';
const question = { namespace: NAMESPACE, entity: 'any', origin: 'original', kind: 'get' } as const;
const order = {
  namespace: NAMESPACE,
  entity: 'central-agent',
  origin: 'original',
  kind: 'set',
  reply: nothing,
} as const;

/** How many users a page of the list holds; every agent has the same. */
export const USERS_PAGE_SIZE = 50;

/** Every agent refuses a search that finds more than this. */
export const MOST_USERS_FOUND = 1000;

const humansOnly = optional(
  attribute('humans_only', pythonBoolean(), 'whether entities of the platform are left out'),
);

const users = children(
  'user',
  record({
    jid: attribute('jid', bareJid(), 'the account'),
    type: attribute(
      'type',
      choice(['user', 'virtualmachine', 'hypervisor']),
      'what it is, as far as the central agent knows; a person where it does not',
    ),
  }),
);

const credentials = children(
  'user',
  record({
    jid: attribute('jid', bareJid(), 'the account'),
    password: attribute('password', words(), 'its password; a secret'),
  }),
);

const list = defineAction({
  ...question,
  name: 'list',
  permission: 'xmppserver_users_list',
  summary: 'A page of the accounts of the XMPP server, sorted by JID; none behind the last page.',
  request: {
    page: attribute('page', integer({ min: 0, max: 1_000_000 }), 'which page, from 0, of 50 each'),
    humansOnly,
  },
  reply: users,
  errors: ['user-list-failed', 'central-agent-not-found'],
});

const filter = defineAction({
  ...question,
  name: 'filter',
  permission: 'xmppserver_users_filter',
  summary: 'The accounts whose JID has a text in it, of any case; more than 1,000 are refused.',
  request: { text: attribute('filter', words(), 'what is looked for') },
  reply: users,
  errors: ['user-filter-failed', 'central-agent-not-found'],
});

const number = defineAction({
  ...question,
  name: 'number',
  permission: 'xmppserver_users_number',
  summary: 'How many accounts the XMPP server has.',
  request: { humansOnly },
  reply: child(
    'users',
    record({ total: attribute('total', integer({ min: 0 }), 'how many accounts') }),
  ),
  errors: ['user-list-failed', 'central-agent-not-found'],
});

const register = defineAction({
  ...order,
  name: 'register',
  permission: 'xmppserver_users_register',
  summary: 'Makes accounts.',
  request: { users: credentials },
  errors: ['user-register-failed'],
});

const unregister = defineAction({
  ...order,
  name: 'unregister',
  permission: 'xmppserver_users_unregister',
  summary: 'Removes accounts, with all that the server keeps of them.',
  request: { users: children('user', record({ jid: attribute('jid', bareJid(), 'the account') })) },
  errors: ['user-unregister-failed'],
});

const changepassword = defineAction({
  ...order,
  name: 'changepassword',
  permission: 'xmppserver_users_changepassword',
  summary: 'Gives accounts new passwords.',
  request: { users: credentials },
  errors: ['user-changepassword-failed'],
});

/** What hypervisors and virtual machines pass on to the central agent. */
export const xmppUserQuestions = { list, filter, number };

/** What the central agent alone does. */
const xmppUserOrders = { register, unregister, changepassword };

/** An account as the central agent tells it. */
export type XmppUser = ReplyOf<typeof list>[number];

/** The accounts of the XMPP server. */
export const xmppUsers = { ...xmppUserQuestions, ...xmppUserOrders };
