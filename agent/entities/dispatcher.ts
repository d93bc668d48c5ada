import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type {
  Action,
  ActionFailure,
  ActionGroup,
  ActionHandlers,
} from '../../core/protocol/define-action.ts';
import { writeError } from '../../core/protocol/error-stanza.ts';
import { NOT_IMPLEMENTED_TEXT } from '../../core/protocol/errors.ts';
import { writeReply } from '../../core/protocol/reply.ts';
import { readRequest, readRequestHead } from '../../core/protocol/request.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import type { ReadProblem } from '../../core/protocol/codec/problem.ts';
import type { IncomingIq, IqAnswer, Session } from '../../node/xmpp/session-types.ts';
import { refuse } from '../../node/xmpp/stanza-error.ts';
import type { Logger } from '../log/logger.ts';
import type { EndOrder, OutcomeRecord } from './outcome-record.ts';
import type { PermissionBook } from './permission-book.ts';

/** Who asked. */
export interface Requester {
  readonly jid: BareJid;
  /** With the resource, to answer that very session. */
  readonly from: string;
  /** Does something once the answer is on its way, such as to end the session that it goes by. */
  readonly afterwards: (work: () => void) => void;
  /** Puts on record which machine the order made, for who loses the answer. */
  readonly made: (machine: BareJid) => void;
}

type Handler = (request: unknown, requester: Requester) => Promise<Result<unknown, ActionFailure>>;

/** Actions together with what carries them out. */
export interface ServedGroup {
  readonly group: ActionGroup;
  readonly handlers: Readonly<Record<string, Handler>>;
}

/** Puts a group of actions and its handlers together; a handler that is missing does not compile. */
export function serve<G extends ActionGroup>(
  group: G,
  handlers: ActionHandlers<G, Requester>,
): ServedGroup {
  // Each handler is given what its own action's codec read, so the pairing holds by construction.
  return { group, handlers: handlers as unknown as ServedGroup['handlers'] };
}

export interface DispatcherOptions {
  readonly permissions: PermissionBook;
  readonly logger: Logger;
  /** What became of orders that came this way. */
  readonly outcomes: OutcomeRecord;
  /** Says why an action cannot be had now, such as a migration; checked after the permission. */
  readonly hindrance?: (action: Action) => ActionFailure | undefined;
  /** Why a module is not loaded, by namespace: told to whoever asks for it. */
  readonly absences?: ReadonlyMap<string, string>;
}

/** Answers the requests of one entity in the order of checks of original agents. */
export class Dispatcher {
  readonly #served = new Map<string, ServedGroup[]>();
  readonly #options: DispatcherOptions;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  add(served: ServedGroup): void {
    const namespaces = new Set(Object.values(served.group).map(({ namespace }) => namespace));
    for (const namespace of namespaces) {
      this.#served.set(namespace, [...(this.#served.get(namespace) ?? []), served]);
    }
  }

  /** The namespaces that are answered. */
  get namespaces(): readonly string[] {
    return [...this.#served.keys()];
  }

  /** Answers from now on, also for modules that are not loaded: with the reason why not. */
  attach(session: Session): void {
    for (const namespace of this.#served.keys()) {
      session.onIq(namespace, (iq) => this.#answer(namespace, iq));
    }
    for (const namespace of this.#options.absences?.keys() ?? []) {
      if (!this.#served.has(namespace))
        session.onIq(namespace, () => echo(writeError(this.#notImplemented(namespace))));
    }
  }

  async #answer(namespace: string, iq: IncomingIq): Promise<IqAnswer> {
    const requester = parseJid(iq.from);
    if (!requester) return refuse('auth', 'not-authorized');
    const head = readRequestHead(iq.payload);
    if (!head.ok)
      return echo(writeError({ code: 'malformed-request', text: problemText(head.error) }));
    const { action: name } = head.value;
    const found = this.#find(namespace, name);
    const end = await this.#begin(iq, namespace, name, found);
    if (!end) return echo(writeError({ code: 'order-given-up' }, found?.action));
    const later: (() => void)[] = [];
    let made: BareJid | undefined;
    const reply = found
      ? await this.#perform(found, iq, {
          jid: requester.bare,
          from: iq.from,
          afterwards: (work) => later.push(work),
          made: (machine) => (made = machine),
        })
      : this.#unknown(namespace, name, requester.bare);
    await end(reply.ok ? undefined : reply.error, made);
    // Nothing is waited for from here on, so the answer is handed over within this turn.
    for (const work of later) setImmediate(work);
    if (!reply.ok) return echo(writeError(reply.error, found?.action));
    return ok(reply.value);
  }

  /**
   * Puts an order on record before it acts, or an agent that is killed would not know of it; undefined:
   * it was given up before it arrived.
   */
  async #begin(
    { id, from, type }: IncomingIq,
    namespace: string,
    action: string,
    found: Found | undefined,
  ): Promise<((...end: Parameters<EndOrder>) => Promise<void>) | undefined> {
    const { outcomes } = this.#options;
    // Original clients send some orders as questions.
    if ((found?.action.kind ?? type) !== 'set') return async () => undefined;
    const end = outcomes.begin({ id, from, namespace, action });
    await outcomes.written();
    if (!end) return undefined;
    return async (...how) => {
      end(...how);
      await outcomes.written();
    };
  }

  async #perform(
    found: Found,
    iq: IncomingIq,
    requester: Requester,
  ): Promise<Result<XmlElement, ActionFailure>> {
    const { action, handler } = found;
    const { permissions, hindrance, logger } = this.#options;
    if (
      action.permission !== undefined &&
      !permissions.isGranted(requester.jid, action.permission)
    ) {
      logger.warning(`PERMISSION ${requester.jid} was refused ${action.namespace} ${action.name}`);
      return err({ code: 'permission-denied' });
    }
    const hindered = hindrance?.(action);
    if (hindered) return err(hindered);
    const request = readRequest(action, iq.payload);
    if (!request.ok) return err({ code: action.errors[0], text: problemText(request.error) });
    const reply = await this.#attempt(action, () => handler(request.value, requester));
    return reply.ok ? ok(writeReply(action, reply.value)) : reply;
  }

  /** A handler that throws has a bug; the session and the other entities go on. */
  async #attempt(
    action: Action,
    work: () => Promise<Result<unknown, ActionFailure>>,
  ): Promise<Result<unknown, ActionFailure>> {
    try {
      const reply = await work();
      if (!reply.ok) this.#options.logger.warning(describeFailure(action, reply.error));
      return reply;
    } catch (cause) {
      const text = cause instanceof Error ? cause.message : String(cause);
      this.#options.logger.error(`${action.namespace} ${action.name} failed inside: ${text}`);
      return err({ code: action.errors[0], text: `The agent failed inside: ${text}` });
    }
  }

  #find(namespace: string, name: string): Found | undefined {
    for (const { group, handlers } of this.#served.get(namespace) ?? []) {
      for (const [key, action] of Object.entries(group)) {
        const handler = handlers[key];
        if (action.namespace === namespace && action.name === name && handler) {
          return { action, handler };
        }
      }
    }
    return undefined;
  }

  /** No permission belongs to an action that does not exist, so only administrators hear of it. */
  #unknown(
    namespace: string,
    name: string,
    user: BareJid,
  ): { readonly ok: false; readonly error: ActionFailure } {
    const { permissions } = this.#options;
    if (permissions.isGranted(user, 'all')) return err(this.#notImplemented(namespace));
    const text = `Cannot use '${name}': permission denied\n\n${namespace}\n${name}`;
    return err({ code: 'permission-denied', text });
  }

  #notImplemented(namespace: string): ActionFailure {
    const text = this.#options.absences?.get(namespace) ?? NOT_IMPLEMENTED_TEXT;
    return { code: 'not-implemented', text };
  }
}

interface Found {
  readonly action: Action;
  readonly handler: Handler;
}

function echo(error: ReturnType<typeof writeError>): IqAnswer {
  return err({ error, echo: true });
}

function problemText({ path, problem }: ReadProblem): string {
  return `${path}: ${problem}`;
}

function describeFailure({ namespace, name }: Action, { code, text }: ActionFailure): string {
  return `${namespace} ${name} was refused: ${text ?? code}`;
}
