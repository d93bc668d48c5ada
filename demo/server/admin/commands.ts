import type { BareJid } from '../../../core/domain/jid.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import type { XmlElement } from '../../../core/xml/element.ts';
import type { Accounts } from '../accounts.ts';
import { type FormField, type Page, type PageRequest, pageOf } from '../data-form.ts';
import type { Occupants } from '../occupants.ts';
import type { ErrorCondition } from '../stanza.ts';

/** What the administration commands act upon. */
export interface AdminSubjects {
  readonly domain: string;
  readonly accounts: Accounts;
  readonly occupants: Occupants;
  /** Clears what is left of a removed account, and ends its sessions. */
  readonly removed: (account: BareJid) => void;
}

export type Submitted = ReadonlyMap<string, readonly string[]>;

/** How a command ends: with fields to show (and their page), or refused. */
export type Outcome =
  | { readonly kind: 'done'; readonly fields: readonly FormField[]; readonly set?: XmlElement }
  | { readonly kind: 'refused'; readonly condition: ErrorCondition };

/** One command of XEP-0133. A command without fields runs at once. */
export interface AdminCommand {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly FormField[];
  run(subjects: AdminSubjects, submitted: Submitted, page: PageRequest | undefined): Outcome;
}

const DONE: Outcome = { kind: 'done', fields: [] };

function refusedWith(condition: ErrorCondition): Outcome {
  return { kind: 'refused', condition };
}

function input(name: string, type: string, label: string): FormField {
  return { name, type, label, values: [], isRequired: true };
}

function first(submitted: Submitted, name: string): string {
  return submitted.get(name)?.[0] ?? '';
}

/** The account of this domain that a text names. */
function account(
  { domain }: AdminSubjects,
  text: string,
): { node: string; jid: BareJid } | undefined {
  const jid = parseJid(text);
  if (jid?.node === undefined || jid.domain !== domain) return undefined;
  return { node: jid.node, jid: jid.bare };
}

function listed(name: string, page: Page<string> | undefined): Outcome {
  if (!page) return refusedWith('item-not-found');
  const fields = [{ name, type: 'jid-multi', values: page.items }];
  return page.set ? { kind: 'done', fields, set: page.set } : { kind: 'done', fields };
}

function counted(name: string, count: number): Outcome {
  return { kind: 'done', fields: [{ name, type: 'text-single', values: [String(count)] }] };
}

const addUser: AdminCommand = {
  name: 'add-user',
  title: 'Add a user',
  fields: [
    input('accountjid', 'jid-single', 'JID'),
    input('password', 'text-private', 'Password'),
    input('password-verify', 'text-private', 'Password again'),
  ],
  run(subjects, submitted) {
    const named = account(subjects, first(submitted, 'accountjid'));
    if (!named) return refusedWith('jid-malformed');
    const password = first(submitted, 'password');
    const again = submitted.get('password-verify')?.[0];
    if (again !== undefined && again !== password) return refusedWith('not-acceptable');
    const outcome = subjects.accounts.register(named.node, password);
    return outcome.ok ? DONE : refusedWith(outcome.error);
  },
};

const deleteUser: AdminCommand = {
  name: 'delete-user',
  title: 'Delete users',
  fields: [input('accountjids', 'jid-multi', 'JIDs')],
  run(subjects, submitted) {
    const named = (submitted.get('accountjids') ?? []).map((text) => account(subjects, text)?.jid);
    const known = named.filter((jid) => jid !== undefined && subjects.accounts.has(jid));
    if (known.length === 0 || known.length < named.length) return refusedWith('item-not-found');
    for (const jid of known) {
      if (jid === undefined) continue;
      subjects.accounts.remove(jid);
      subjects.removed(jid);
    }
    return DONE;
  },
};

const changePassword: AdminCommand = {
  name: 'change-user-password',
  title: 'Change the password of a user',
  fields: [input('accountjid', 'jid-single', 'JID'), input('password', 'text-private', 'Password')],
  run(subjects, submitted) {
    const named = account(subjects, first(submitted, 'accountjid'));
    if (!named) return refusedWith('jid-malformed');
    const outcome = subjects.accounts.changePassword(named.jid, first(submitted, 'password'));
    return outcome.ok ? DONE : refusedWith(outcome.error);
  },
};

const endSession: AdminCommand = {
  name: 'end-user-session',
  title: 'End the sessions of users',
  fields: [input('accountjids', 'jid-multi', 'JIDs')],
  run(subjects, submitted) {
    for (const text of submitted.get('accountjids') ?? []) {
      const jid = parseJid(text);
      if (!jid) return refusedWith('jid-malformed');
      const { bare, resource } = jid;
      for (const occupant of [...subjects.occupants.of(bare)]) {
        if (resource === undefined || occupant.resource === resource)
          occupant.expel('not-authorized');
      }
    }
    return DONE;
  },
};

const userStatistics: AdminCommand = {
  name: 'user-stats',
  title: 'Statistics of a user',
  fields: [input('accountjid', 'jid-single', 'JID')],
  run(subjects, submitted) {
    const named = account(subjects, first(submitted, 'accountjid'));
    if (!named) return refusedWith('jid-malformed');
    if (!subjects.accounts.has(named.jid)) return refusedWith('item-not-found');
    const resources = [...subjects.occupants.of(named.jid)].map(({ resource }) => resource);
    return {
      kind: 'done',
      fields: [{ name: 'onlineresources', type: 'text-multi', values: resources }],
    };
  },
};

const registeredList: AdminCommand = {
  name: 'get-registered-users-list',
  title: 'List the registered users',
  fields: [],
  run: ({ accounts }, _submitted, page) => {
    return listed(
      'registereduserjids',
      pageOf(accounts.list(), (jid) => jid, page),
    );
  },
};

const registeredCount: AdminCommand = {
  name: 'get-registered-users-num',
  title: 'Count the registered users',
  fields: [],
  run: ({ accounts }) => counted('registeredusersnum', accounts.list().length),
};

const onlineList: AdminCommand = {
  name: 'get-online-users-list',
  title: 'List the online users',
  fields: [],
  run: ({ occupants }, _submitted, page) => {
    return listed(
      'onlineuserjids',
      pageOf(occupants.onlineAccounts(), (jid) => jid, page),
    );
  },
};

const onlineCount: AdminCommand = {
  name: 'get-online-users-num',
  title: 'Count the online users',
  fields: [],
  run: ({ occupants }) => counted('onlineusersnum', occupants.onlineAccounts().length),
};

/** The commands of XEP-0133 that this server has. */
export const ADMIN_COMMANDS: readonly AdminCommand[] = [
  addUser,
  deleteUser,
  changePassword,
  endSession,
  userStatistics,
  registeredList,
  registeredCount,
  onlineList,
  onlineCount,
];
