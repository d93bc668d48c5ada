import type { AppError } from '../../core/contract/app-error.ts';
import type { EntityKind } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import { err } from '../../core/lib/result.ts';
import type { Action, ActionKind } from '../../core/protocol/define-action.ts';
import { refusalToSend, type KnownAgent } from '../../core/protocol/harmful.ts';
import { readReply } from '../../core/protocol/reply.ts';
import { writeRequest } from '../../core/protocol/request.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import { given } from '../given.ts';
import type { StanzaCause, StanzaCauses } from '../stanzas/stanza-causes.ts';
import { linkError, replyError } from './request-failure.ts';
import type { Priority, RequestQueue } from './request-queue.ts';

/** How long an entity may take to answer; an original agent leaves some questions unanswered. */
export const ANSWER_TIMEOUT_MS = 20_000;

/** What the engine needs to know of whom it asks. */
export interface RequestTarget {
  readonly name: string;
  readonly kind: EntityKind;
  /** Absent while offline. */
  readonly resource?: string;
}

export type OwnPermissions = 'unknown' | 'all' | readonly string[];

/** Knows the entities of one account. */
export interface TargetDirectory {
  target(jid: BareJid): RequestTarget | undefined;
  /** Own permissions on an entity, asked for once and kept fresh. */
  permissions(jid: BareJid): Promise<OwnPermissions>;
  /** What is known of the agent, asked for once; undefined when it cannot be told. */
  agent(jid: BareJid): Promise<KnownAgent | undefined>;
  /** An entity refused for want of a permission. */
  denied(jid: BareJid, permission: string): void;
}

export interface AskOptions {
  readonly priority?: Priority;
  readonly cause: StanzaCause;
  readonly signal?: AbortSignal;
  /** A newer question of the same slot replaces an older one that was not sent yet. */
  readonly slot?: string;
  readonly timeoutMs?: number;
  /** Told when it goes out; not of a question that shares the stanza of an earlier one. */
  readonly sent?: () => void;
}

export interface TellOptions extends AskOptions {
  /** Runs at the last moment before it is sent; what it waits for is on record by then. */
  readonly beforeSending?: () => Promise<void>;
  /** Of the stanza, for asking after it later. */
  readonly stanzaId?: string;
}

export interface EngineDependencies {
  readonly account: BareJid;
  readonly session: Session;
  readonly queue: RequestQueue;
  readonly causes: StanzaCauses;
  readonly directory: TargetDirectory;
}

interface Prepared<Reply> {
  readonly action: Action<unknown, Reply>;
  readonly to: string;
  readonly jid: BareJid;
  readonly name: string;
  readonly payload: XmlElement;
}

/** The only door to the wire: every question and order of one account goes through here. */
export class RequestEngine {
  readonly #own: EngineDependencies;

  constructor(dependencies: EngineDependencies) {
    this.#own = dependencies;
  }

  /** Asks an entity. Questions that are the same and not answered yet share one stanza. */
  async ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
    options: AskOptions,
  ): Promise<Result<Reply, AppError>> {
    const prepared = await this.#prepare(action, jid, input);
    if (!prepared.ok) return prepared;
    const key = `${prepared.value.to} ${action.namespace} ${action.name} ${JSON.stringify(input)}`;
    return this.#own.queue.add<Result<Reply, AppError>>({
      lane: jid,
      priority: options.priority ?? 'visible',
      key,
      ...(options.slot === undefined ? {} : { slot: options.slot }),
      ...(options.signal ? { signal: options.signal } : {}),
      run: (signal) => this.#send('get', prepared.value, { ...options, signal }),
      calledOff: () => err({ code: 'cancelled' }),
    });
  }

  /** Orders something. Never merged, never sent twice, and not called off once it was sent. */
  async tell<Request, Reply>(
    action: Action<Request, Reply, 'set'>,
    jid: BareJid,
    input: Request,
    options: TellOptions,
  ): Promise<Result<Reply, AppError>> {
    const prepared = await this.#prepare(action, jid, input);
    if (!prepared.ok) return prepared;
    const { signal, ...others } = options;
    return this.#own.queue.add<Result<Reply, AppError>>({
      lane: jid,
      priority: options.priority ?? 'user',
      ...(signal ? { signal } : {}),
      run: async () => {
        await options.beforeSending?.();
        return this.#send('set', prepared.value, others);
      },
      calledOff: () => err({ code: 'cancelled' }),
    });
  }

  /** A request that is no action of the platform: pubsub, vCard, disco. `to` undefined: the own account. */
  iq(
    to: string | undefined,
    type: ActionKind,
    payload: XmlElement,
    options: AskOptions,
  ): Promise<Result<ElementReader, IqFailure>> {
    return this.#own.queue.add<Result<ElementReader, IqFailure>>({
      lane: to ?? '',
      priority: options.priority ?? 'background',
      ...(options.slot === undefined ? {} : { slot: options.slot }),
      ...(options.signal ? { signal: options.signal } : {}),
      run: (signal) => this.#request(to, type, payload, { ...options, signal }),
      calledOff: () => err({ code: 'cancelled' }),
    });
  }

  async #prepare<Request, Reply>(
    action: Action<Request, Reply>,
    jid: BareJid,
    input: Request,
  ): Promise<Result<Prepared<Reply>, AppError>> {
    const { session, account, directory } = this.#own;
    if (session.state.kind !== 'online') return err({ code: 'not-connected', jid: account });
    const before = directory.target(jid);
    if (!before) return err({ code: 'not-found', what: jid });
    const refusal = await this.#refusal(action, jid, before.name);
    if (refusal) return err(refusal);
    // It may have come back under another resource while permissions were asked for.
    const target = directory.target(jid);
    if (target?.resource === undefined) return err({ code: 'offline', entity: before.name });
    const to = `${jid}/${target.resource}`;
    const payload = writeRequest(action, input);
    return { ok: true, value: { action, to, jid, name: target.name, payload } };
  }

  async #refusal(action: Action, jid: BareJid, entity: string) {
    const { directory } = this.#own;
    if (action.origin === 'ours' || action.harmful !== undefined) {
      const against = refusalToSend(action.namespace, action.name, await directory.agent(jid));
      if (against) return unsupported(action, entity);
    }
    if (action.permission === undefined) return undefined;
    if (isGranted(await directory.permissions(jid), action.permission)) return undefined;
    return { code: 'denied', entity, permission: action.permission } satisfies AppError;
  }

  async #send<Reply>(
    type: ActionKind,
    prepared: Prepared<Reply>,
    options: TellOptions,
  ): Promise<Result<Reply, AppError>> {
    const { to, payload } = prepared;
    const answer = await this.#request(to, type, payload, options);
    if (answer.ok) return this.#read(prepared, answer.value);
    if (answer.error.code === 'stanza-error') {
      const iq = el('iq', { type: 'error' }, [answer.error.element]);
      return this.#read(prepared, readerOf(iq, 'jabber:client'));
    }
    const timeoutMs = options.timeoutMs ?? ANSWER_TIMEOUT_MS;
    const context = { account: this.#own.account, entity: prepared.name, timeoutMs };
    return err(linkError(answer.error, context));
  }

  #read<Reply>({ action, jid, name }: Prepared<Reply>, iq: ElementReader): Result<Reply, AppError> {
    const reply = readReply(action, iq);
    if (reply.ok) return reply;
    const error = replyError(reply.error, action, name);
    if (error.code === 'denied') this.#own.directory.denied(jid, error.permission);
    return err(error);
  }

  async #request(
    to: string | undefined,
    type: ActionKind,
    payload: XmlElement,
    options: TellOptions,
  ): Promise<Result<ElementReader, IqFailure>> {
    const { session, causes } = this.#own;
    const [inner] = payload.children.filter((child) => typeof child !== 'string');
    const forget = causes.expect({
      to: to ?? '',
      namespace: payload.attributes['xmlns'] ?? '',
      action: inner?.attributes['action'] ?? inner?.name ?? payload.name,
      cause: options.cause,
    });
    options.sent?.();
    try {
      return await session.request(to, type, payload, {
        timeoutMs: options.timeoutMs ?? ANSWER_TIMEOUT_MS,
        ...given({ signal: options.signal, id: options.stanzaId }),
      });
    } finally {
      forget();
    }
  }
}

function isGranted(own: OwnPermissions, permission: string): boolean {
  return own === 'unknown' || own === 'all' || own.includes(permission) || own.includes('all');
}

function unsupported(action: Action, entity: string): AppError {
  return { code: 'unsupported', entity, namespace: action.namespace, action: action.name };
}
