import type { Account, AccountSettings } from '../../../core/contract/accounts.ts';
import { parseJid } from '../../../core/domain/jid.ts';

/** An account as it stands in the form. */
export interface AccountDraft {
  jid: string;
  resource: string;
  explicit: boolean;
  host: string;
  port: string;
  directTls: boolean;
  connectAtStart: boolean;
  rememberPassword: boolean;
}

/** What is wrong with a draft, by the field it stands at. */
export type DraftProblem = 'jid' | 'port' | 'host';

const DEFAULT_RESOURCE = 'Archipel';
const DEFAULT_PORT = 5222;

const NEW: AccountDraft = {
  jid: '',
  resource: DEFAULT_RESOURCE,
  explicit: false,
  host: '',
  port: `${DEFAULT_PORT}`,
  directTls: false,
  connectAtStart: true,
  rememberPassword: true,
};

/** The draft that a form begins with: an account's own settings, or those of a new one. */
export function draftOf(account: Account | undefined): AccountDraft {
  if (!account) return { ...NEW };
  const { endpoint, ...settings } = account.settings;
  if (!endpoint) return { ...NEW, ...settings };
  return { ...NEW, ...settings, ...endpoint, explicit: true, port: `${endpoint.port}` };
}

/** The settings that a draft stands for, or the field that is wrong. */
export function settingsOf(draft: AccountDraft): AccountSettings | DraftProblem {
  const jid = parseJid(draft.jid.trim());
  if (jid?.node === undefined || jid.resource !== undefined) return 'jid';
  const { resource, connectAtStart, rememberPassword } = draft;
  const settings = { jid: jid.bare, resource: resource.trim(), connectAtStart, rememberPassword };
  if (!draft.explicit) return settings;
  const port = Number(draft.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return 'port';
  const host = draft.host.trim();
  if (host === '') return 'host';
  return { ...settings, endpoint: { host, port, directTls: draft.directTls } };
}
