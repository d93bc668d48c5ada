import { parseJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { type AdHocStage, continueCommand, executeCommand } from './ad-hoc.ts';
import { fieldValues, submitForm } from './data-form.ts';
import { NS } from './namespaces.ts';
import type { IqFailure } from './session-failure.ts';
import type { Session } from './session-types.ts';

/** What a server told its administrator of an account. */
export interface AccountLookup {
  readonly exists: boolean;
  /** The resources that are connected, also those that sent no presence. */
  readonly resources: readonly string[];
  /** The last log-in in the server's own words, where it keeps it. */
  readonly lastLogin?: string;
}

/** Why it told nothing. */
export type LookupFailure =
  | { readonly code: 'other-server' }
  | { readonly code: 'not-administrator' }
  | { readonly code: 'not-offered' }
  | { readonly code: 'no-answer'; readonly failure: IqFailure };

type Looked<T> = Promise<Result<T, LookupFailure>>;

/**
 * Asks the own server about an account by the commands of XEP-0133: 4.8 Get User Statistics, 4.7 Get
 * User Last Login, 4.13 Get List of Registered Users. Prosody refuses to speak of an account that
 * there is none of; ejabberd describes it as one that is offline, which only its list tells apart.
 */
export async function lookUpAccount(session: Session, bareJid: string): Looked<AccountLookup> {
  if (parseJid(bareJid)?.domain !== session.domain) return err({ code: 'other-server' });
  const statistics = await runOn(session, 'user-stats', bareJid);
  if (!statistics.ok) return statistics;
  if (isRefused(statistics.value)) return ok({ exists: false, resources: [] });
  const resources = fieldValues(statistics.value.form, 'onlineresources').filter(
    (one) => one !== '',
  );
  const lastLogin = await readLastLogin(session, bareJid);
  const kept = lastLogin === undefined ? {} : { lastLogin };
  if (resources.length > 0) return ok({ exists: true, resources, ...kept });
  return ok({ exists: await isRegistered(session, bareJid), resources, ...kept });
}

/** A server without the list has said by its statistics that the account is there. */
async function isRegistered(session: Session, bareJid: string): Promise<boolean> {
  const list = await run(session, 'get-registered-users-list');
  if (!list.ok || list.value.form === undefined) return true;
  const jids = fieldValues(list.value.form, 'registereduserjids');
  return jids.length === 0 || jids.includes(bareJid);
}

/** Undefined where the server has no such command, or knows of no log-in. */
async function readLastLogin(session: Session, bareJid: string): Promise<string | undefined> {
  const stage = await runOn(session, 'get-user-lastlogin', bareJid);
  const [said] = stage.ok ? fieldValues(stage.value.form, 'lastlogin') : [];
  return said === undefined || /^(?:never|online|)$/iu.test(said) ? undefined : said;
}

function isRefused({ form, notes }: AdHocStage): boolean {
  return form === undefined || notes.some(({ level }) => level === 'error');
}

/** Runs a command that is given one account. */
async function runOn(session: Session, name: string, bareJid: string): Looked<AdHocStage> {
  const begun = await run(session, name);
  if (!begun.ok || begun.value.status !== 'executing') return begun;
  const form = submitForm(NS.admin, { accountjid: bareJid });
  const ended = await continueCommand(session, session.domain, begun.value, 'complete', form);
  // The server speaks of the account, not of the command.
  if (
    !ended.ok &&
    ended.error.code === 'stanza-error' &&
    ended.error.condition === 'item-not-found'
  )
    return ok({ ...begun.value, status: 'completed', form: undefined });
  return ended.ok ? ended : err(failureOf(ended.error));
}

async function run(session: Session, name: string): Looked<AdHocStage> {
  const stage = await executeCommand(session, session.domain, `${NS.admin}#${name}`);
  return stage.ok ? stage : err(failureOf(stage.error));
}

function failureOf(failure: IqFailure): LookupFailure {
  if (failure.code !== 'stanza-error') return { code: 'no-answer', failure };
  const isForbidden = failure.condition === 'forbidden' || failure.condition === 'not-allowed';
  return { code: isForbidden ? 'not-administrator' : 'not-offered' };
}
