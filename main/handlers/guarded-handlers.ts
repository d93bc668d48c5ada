import type { BrowserWindow } from 'electron';
import type { ClientHandlers } from '../../client/client.ts';
import { findCommand, namedWithin, type PlatformCommandId } from '../../core/commands/table.ts';
import type { Account, AccountSettings } from '../../core/contract/accounts.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { Caller } from '../../core/contract/define.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { err } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { CommandWords } from '../../core/messages/en/commands.ts';
import { confirmationFor } from '../confirmations/command-confirmation.ts';
import { targetRows, type Named } from '../confirmations/confirmation-targets.ts';
import { rawConfirmation } from '../confirmations/raw-confirmation.ts';

const refused = err({ code: 'cancelled' } as const);

export interface Guard {
  readonly ask: (view: ConfirmationView, parent: BrowserWindow | undefined) => Promise<boolean>;
  /** A password that the user types in that window; undefined for a no. */
  readonly askPassword: (
    view: ConfirmationView,
    parent: BrowserWindow | undefined,
  ) => Promise<string | undefined>;
  readonly windowOf: (caller: Caller) => BrowserWindow | undefined;
  readonly nameOf: (entity: EntityId) => string;
  /** All that is known, for names that could be taken for each other. */
  readonly entities: () => readonly Named[];
  readonly messages: () => Messages;
}

type Agreed = (view: ConfirmationView, caller: Caller) => Promise<boolean>;

/** The client's handlers, with those that can do harm asked about first in a window of main's own. */
export function guardedHandlers(handlers: ClientHandlers, guard: Guard): ClientHandlers {
  const agreed: Agreed = (view, caller) => guard.ask(view, guard.windowOf(caller));
  return {
    ...handlers,
    runs: guardedRuns(handlers.runs, guard, agreed),
    stanzas: {
      ...handlers.stanzas,
      send: async (stanza, caller) => {
        if (!(await agreed(rawConfirmation(stanza, guard.messages()), caller))) return refused;
        return handlers.stanzas.send(stanza, caller);
      },
    },
    accounts: guardedAccounts(handlers.accounts, guard, agreed),
  };
}

function guardedRuns(
  runs: ClientHandlers['runs'],
  guard: Guard,
  agreed: Agreed,
): ClientHandlers['runs'] {
  const start: typeof runs.start = async (request, caller) => {
    const view = viewOf(request, guard);
    if (view && !(await agreed(view, caller))) return refused;
    const secret = secretViewOf(request, guard);
    if (!secret) return runs.start(request, caller);
    const password = await guard.askPassword(secret, guard.windowOf(caller));
    if (password === undefined) return refused;
    return runs.start({ ...request, input: { ...request.input, password } }, caller);
  };
  return {
    ...runs,
    start,
    retry: async (run, caller) => {
      for (let asked = await failedOf(runs, run.id, caller); ;) {
        // Of a run that took a password none is kept: it is asked for as at the start.
        const anew = asked && anewWithPassword(asked);
        if (anew) return start(anew, caller);
        const view = asked && viewOf(asked, guard);
        if (!view) return runs.retry(run, caller);
        if (!(await agreed(view, caller))) return refused;
        // What failed while the user was asked is not among what was agreed to.
        const now = await failedOf(runs, run.id, caller);
        if (now?.targets.join() === asked?.targets.join()) return runs.retry(run, caller);
        asked = now;
      }
    },
  };
}

/** What of a run would be given again now. */
async function failedOf(
  runs: Pick<ClientHandlers['runs'], 'list'>,
  run: string,
  caller: Caller,
): Promise<Request | undefined> {
  const all = await runs.list(undefined, caller);
  const earlier = all.ok ? all.value.find(({ id }) => id === run) : undefined;
  const failed = earlier?.items.filter(({ state }) => state.name === 'failed') ?? [];
  return earlier && { ...earlier, targets: failed.map(({ entity }) => entity) };
}

/** The order that gives a command anew which took a password; undefined where it took none. */
function anewWithPassword({ command, targets, input = {} }: Request) {
  const takesPassword = isSecret(command) && targets.length > 0;
  return takesPassword ? { command, targets: [...targets], input: { ...input } } : undefined;
}

function isSecret(id: string): boolean {
  const command = findCommand(id);
  return command?.surface === 'platform' && command.secret === true;
}

interface Request {
  readonly command: string;
  readonly targets: readonly EntityId[];
  readonly input?: Readonly<Record<string, unknown>>;
  readonly within?: readonly string[];
}

function viewOf({ command: id, targets, input, within }: Request, guard: Guard) {
  const messages = guard.messages();
  const known = guard.entities();
  const byId = new Map(known.map((one) => [one.id, one]));
  const named = targets.map((target) => byId.get(target) ?? strange(target, guard));
  const command = findCommand(id);
  const inside = command?.surface === 'platform' ? namedWithin(command, input) : [];
  const rows = targetRows(named, known, messages);
  const proposal = { command: id, targets: rows, within: within ?? inside };
  return confirmationFor({ ...proposal, ...(input ? { input } : {}) }, messages);
}

/** The window that asks for the password of a command; undefined where it takes none. */
function secretViewOf(
  { command: id, targets, input }: Request,
  guard: Guard,
): ConfirmationView | undefined {
  if (!isSecret(id)) return undefined;
  const messages = guard.messages();
  const words: CommandWords = messages.commands[id as PlatformCommandId];
  const known = guard.entities().filter((one) => targets.includes(one.id));
  return {
    title: words.about?.(input ?? {}) ?? words.title,
    effect: words.effect ?? '',
    targets: targetRows(known, known, messages),
    verb: words.title.replace(/…$/u, ''),
    destructive: false,
    secret: { label: messages.confirmation.password, isShown: false, canBeKept: false },
  };
}

/** An entity that is gone meanwhile. */
function strange(id: EntityId, guard: Guard): Named {
  const jid = parseJid(id.slice(id.indexOf('>') + 1))?.bare;
  return { id, name: guard.nameOf(id), ...(jid === undefined ? {} : { jid }) };
}

/**
 * Whom a password is given to is for the user to say: a page that has gone bad could otherwise send
 * it to a server of its own and vouch for that server's certificate.
 */
function guardedAccounts(
  accounts: ClientHandlers['accounts'],
  guard: Guard,
  agreed: Agreed,
): ClientHandlers['accounts'] {
  const find = async (jid: BareJid, caller: Caller): Promise<Account | undefined> => {
    const all = await accounts.list(undefined, caller);
    return all.ok ? all.value.find(({ settings }) => settings.jid === jid) : undefined;
  };
  return {
    ...accounts,
    remove: async (account, caller) => {
      const { title, effect, verb } = guard.messages().confirmation.removeAccount;
      const view = { title: title(account.jid), effect, verb, targets: [], destructive: true };
      if (!(await agreed(view, caller))) return refused;
      return accounts.remove(account, caller);
    },
    trust: async (trust, caller) => {
      const { title, effect, verb } = guard.messages().confirmation.trust;
      const lines = trust.fingerprint.match(/.{1,48}/gu) ?? [];
      const targets = lines.map((text) => ({ text }));
      const view = { title: title(trust.jid), effect, verb, targets, destructive: false };
      if (!(await agreed(view, caller))) return refused;
      return accounts.trust(trust, caller);
    },
    update: async (settings, caller) => {
      const known = await find(settings.jid, caller);
      if (known?.passwordStored === true && !isSameServer(known.settings, settings)) {
        const { title, effect, verb } = guard.messages().confirmation.otherServer;
        const targets = [{ text: describeServer(settings) }];
        const view = { title: title(settings.jid), effect, verb, targets, destructive: false };
        if (!(await agreed(view, caller))) return refused;
      }
      return accounts.update(settings, caller);
    },
  };
}

function isSameServer(one: AccountSettings, other: AccountSettings): boolean {
  return describeServer(one) === describeServer(other);
}

function describeServer({ jid, endpoint }: AccountSettings): string {
  const domain = jid.slice(jid.indexOf('@') + 1);
  return endpoint ? `${endpoint.host}:${endpoint.port}` : domain;
}
