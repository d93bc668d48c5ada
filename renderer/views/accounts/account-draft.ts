import type { Account, AccountSettings } from '../../../core/contract/accounts.ts';
import { parseJid, type BareJid } from '../../../core/domain/jid.ts';

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
  /** Requests from the account's own domain are always accepted. */
  ownDomain: boolean;
  /** So are those of these addresses. */
  authorised: readonly BareJid[];
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
  ownDomain: false,
  authorised: [],
};

/** The draft that a form begins with: an account's own settings, or those of a new one. */
export function draftOf(account: Account | undefined): AccountDraft {
  if (!account) return { ...NEW };
  const { endpoint, authorise, ...settings } = account.settings;
  const trusted = { ownDomain: authorise?.ownDomain ?? false, authorised: authorise?.jids ?? [] };
  if (!endpoint) return { ...NEW, ...settings, ...trusted };
  return { ...NEW, ...settings, ...trusted, ...endpoint, explicit: true, port: `${endpoint.port}` };
}

/** The settings that a draft stands for, or the field that is wrong. */
export function settingsOf(draft: AccountDraft): AccountSettings | DraftProblem {
  const jid = parseJid(draft.jid.trim());
  if (jid?.node === undefined || jid.resource !== undefined) return 'jid';
  const { resource, connectAtStart, rememberPassword } = draft;
  const settings = {
    jid: jid.bare,
    resource: resource.trim(),
    connectAtStart,
    rememberPassword,
    ...authoriseOf(draft),
  };
  if (!draft.explicit) return settings;
  const port = Number(draft.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return 'port';
  const host = draft.host.trim();
  if (host === '') return 'host';
  return { ...settings, endpoint: { host, port, directTls: draft.directTls } };
}

function authoriseOf({ ownDomain, authorised }: AccountDraft): Pick<AccountSettings, 'authorise'> {
  const isOn = ownDomain || authorised.length > 0;
  return isOn ? { authorise: { ownDomain, jids: [...authorised] } } : {};
}
