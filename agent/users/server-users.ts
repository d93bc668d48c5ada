import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { continueCommand, executeCommand, type AdHocStage } from '../../node/xmpp/ad-hoc.ts';
import { fieldValues, submitForm } from '../../node/xmpp/data-form.ts';
import { NS } from '../../node/xmpp/namespaces.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import { describeRefusal } from '../entities/describe-failure.ts';

/** What came of something asked of the server; a failure is said in words, with what helps. */
export type ServerAnswer<T = undefined> = Promise<Result<T, string>>;

/** The accounts of a server, for who administers it. */
export interface ServerUsers {
  count(): ServerAnswer<number>;
  /** All of them, in no order. */
  list(): ServerAnswer<readonly BareJid[]>;
  register(jid: BareJid, password: string): ServerAnswer;
  unregister(jid: BareJid): ServerAnswer;
  changePassword(jid: BareJid, password: string): ServerAnswer;
}

/** How many accounts are asked for at a time where the server pages, so that no stanza is too big for it. */
const PAGE = 10_000;
/** More than this is no list that anybody looks through. */
const MOST = 1_000_000;

/** How Prosody says, of a removal that it calls completed, that there was no such account. */
const NOT_REMOVED = 'could not be deleted';

/** The accounts of a server by its administration commands (XEP-0133). */
export class CommandedUsers implements ServerUsers {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async count(): ServerAnswer<number> {
    const stage = await this.#execute('get-registered-users-num');
    if (!stage.ok) return stage;
    const [text = ''] = fieldValues(stage.value.form, 'registeredusersnum');
    const count = Number(text);
    return text !== '' && Number.isInteger(count) && count >= 0
      ? ok(count)
      : err(`${this.#session.domain} did not say how many accounts it has.`);
  }

  async list(): ServerAnswer<readonly BareJid[]> {
    const all = new Set<BareJid>();
    let after: string | undefined;
    do {
      const page = { max: PAGE, ...(after === undefined ? {} : { after }) };
      const stage = await this.#execute('get-registered-users-list', page);
      if (!stage.ok) return stage;
      // A stanza beyond our bounds arrives without its content: that is no server without accounts.
      if (!stage.value.form) return err(this.#unreadable());
      const before = all.size;
      for (const jid of accountsIn(stage.value)) all.add(jid);
      if (all.size > MOST) return err(`The server has more than ${MOST} accounts.`);
      // A page with nothing new would be followed by itself.
      after = all.size > before ? nextAfter(stage.value, all.size) : undefined;
    } while (after !== undefined);
    return ok([...all]);
  }

  register(jid: BareJid, password: string): ServerAnswer {
    return this.#submit('add-user', {
      accountjid: jid,
      password,
      'password-verify': password,
    });
  }

  unregister(jid: BareJid): ServerAnswer {
    return this.#submit('delete-user', { accountjids: [jid] });
  }

  changePassword(jid: BareJid, password: string): ServerAnswer {
    return this.#submit('change-user-password', { accountjid: jid, password });
  }

  async #execute(
    name: string,
    page?: { readonly max: number; readonly after?: string },
  ): ServerAnswer<AdHocStage> {
    const { domain } = this.#session;
    const options = page === undefined ? {} : { page };
    const stage = await executeCommand(this.#session, domain, `${NS.admin}#${name}`, options);
    return stage.ok ? stage : err(this.#why(name, stage.error));
  }

  async #submit(
    name: string,
    values: Readonly<Record<string, string | readonly string[]>>,
  ): ServerAnswer {
    const begun = await this.#execute(name);
    if (!begun.ok) return begun;
    const form = submitForm(NS.admin, values);
    const { domain } = this.#session;
    const ended = await continueCommand(this.#session, domain, begun.value, 'complete', form);
    if (!ended.ok) return err(this.#why(name, ended.error));
    const complaint = ended.value.notes.find(({ level, text }) => {
      return level === 'error' || text.includes(NOT_REMOVED);
    });
    return complaint ? err(complaint.text.replace(/\s+/gu, ' ').trim()) : ok(undefined);
  }

  #unreadable(): string {
    return `${this.#session.domain} sent no list of its accounts that can be read. One of more than 4 MiB is not read.`;
  }

  #why(command: string, failure: IqFailure): string {
    const { domain, bareJid } = this.#session;
    const condition = failure.code === 'stanza-error' ? failure.condition : undefined;
    if (condition === 'forbidden' || condition === 'not-authorized') {
      return `${bareJid} is no administrator of ${domain}. Make it one in the configuration of the server.`;
    }
    const isMissing = condition === 'item-not-found' || condition === 'service-unavailable';
    if (isMissing && command.startsWith('get-registered-users')) {
      return `${domain} has no command that lists its accounts. ejabberd has it; Prosody does with mod_archipel_users.`;
    }
    return `${domain} refused ${command}: ${describeRefusal(failure)}`;
  }
}

function accountsIn({ form }: AdHocStage): readonly BareJid[] {
  return fieldValues(form, 'registereduserjids').flatMap((text) => {
    const jid = parseJid(text);
    return jid?.node === undefined ? [] : [jid.bare];
  });
}

/** What the next page begins after; undefined behind the last, and where the server does not page. */
function nextAfter({ page: { count = 0, last } }: AdHocStage, known: number): string | undefined {
  return known < count ? last : undefined;
}
