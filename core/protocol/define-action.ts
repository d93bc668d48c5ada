import type { Result } from '../lib/result.ts';
import type { Fields, Part, PartValue, RecordOf } from './codec/part.ts';
import { record } from './codec/part.ts';
import type { ProtocolErrorCode } from './errors.ts';
import type { PermissionName } from './permissions.ts';

/** Which entities answer an action; `any` means hypervisors, virtual machines and the central agent. */
export type ActionEntity = 'hypervisor' | 'virtualmachine' | 'central-agent' | 'any';

export type ActionKind = 'get' | 'set';

/** One action of the wire: everything that client, agent, command line and documentation know of it. */
export interface Action<Request = unknown, Reply = unknown, Kind extends ActionKind = ActionKind> {
  readonly namespace: string;
  readonly name: string;
  readonly entity: ActionEntity;
  /** The type of iq we send. Agents accept both for every action. */
  readonly kind: Kind;
  /** The permission the entity checks; undefined when it checks none. */
  readonly permission: PermissionName | undefined;
  /** One sentence for documentation and help. */
  readonly summary: string;
  /** Lives on `<archipel>`. */
  readonly request: Part<Request>;
  /** Lives on `<query>`. */
  readonly reply: Part<Reply>;
  /** What it can fail with; the first one is the action's own failure and lends its number to the others. */
  readonly errors: readonly [ProtocolErrorCode, ...ProtocolErrorCode[]];
  /** Why it must never be sent to an original agent. */
  readonly harmful?: string;
  /** True when an original agent bounces its own "not defined" answer as error -42. */
  readonly bouncesWhenUndefined?: boolean;
  /** Whether original agents know it, or only ours, which announce its namespace by disco#info. */
  readonly origin: 'original' | 'ours';
}

/** An action before its request fields are made a record. */
export type ActionDefinition<F extends Fields, Reply, Kind extends ActionKind> = Omit<
  Action<RecordOf<F>, Reply, Kind>,
  'request'
> & { readonly request: F };

/** Defines an action; request and reply types are inferred from its parts, and its kind is kept. */
export function defineAction<const F extends Fields, Reply, const Kind extends ActionKind>(
  definition: ActionDefinition<F, Reply, Kind>,
): Action<RecordOf<F>, Reply, Kind> {
  return { ...definition, request: record(definition.request) };
}

export type RequestOf<A> = A extends { readonly request: infer P } ? PartValue<P> : never;
export type ReplyOf<A> = A extends { readonly reply: infer P } ? PartValue<P> : never;

/** The actions of one namespace by name. */
export type ActionGroup = Readonly<Record<string, Action>>;

/** How an agent says that an action failed; `text` and `number` replace the code's own (libvirt). */
export interface ActionFailure {
  readonly code: ProtocolErrorCode;
  readonly text?: string;
  readonly number?: number;
}

/** What an agent must supply for a group of actions: a handler for each one, none left out. */
export type ActionHandlers<G extends ActionGroup, Context> = {
  readonly [N in keyof G]: (
    request: RequestOf<G[N]>,
    context: Context,
  ) => Promise<Result<ReplyOf<G[N]>, ActionFailure>>;
};

/** Which kind an action is of is in its data; this carries it into its type. */
export function isKind<Kind extends ActionKind>(
  action: Action,
  kind: Kind,
): action is Action<unknown, unknown, Kind> {
  return action.kind === kind;
}
