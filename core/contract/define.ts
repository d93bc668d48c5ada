import type * as v from 'valibot';
import type { Result } from '../lib/result.ts';
import type { AppError } from './app-error.ts';

type Schema = v.GenericSchema<unknown, unknown>;

declare const carried: unique symbol;
/** Carries a type and nothing at run time. */
export interface Carrier<T> {
  readonly [carried]?: T;
}

/** A request from a window to main: its input is parsed in main, its reply is typed only. */
export interface Call<I extends Schema, O> {
  readonly kind: 'call';
  readonly input: I;
  readonly reply?: Carrier<O>;
}

/** A message from main to its windows. */
export interface Event<T> {
  readonly kind: 'event';
  readonly payload?: Carrier<T>;
}

/**
 * Carried as one text and read in the page: the bridge of the preload copies an object property by
 * property, which costs far more than the JSON of it. For what is large or comes in masses; plain
 * data without `undefined` in arrays, and numbers that are finite.
 */
export interface AsText {
  readonly isText: true;
}

export type Member = Call<Schema, unknown> | Event<unknown>;
export type Group = Readonly<Record<string, Member>>;
export type Contract = Readonly<Record<string, Group>>;

/** Names the type of a reply. */
export function reply<T>(): Carrier<T> {
  return {};
}

export function call<I extends Schema, O>(input: I, _reply: Carrier<O>): Call<I, O> {
  return { kind: 'call', input };
}

export function event<T>(): Event<T> {
  return { kind: 'event' };
}

/** A call whose reply is carried as text. */
export function textCall<I extends Schema, O>(input: I, _reply: Carrier<O>): Call<I, O> & AsText {
  return { kind: 'call', input, isText: true };
}

/** An event that is carried as text. */
export function textEvent<T>(): Event<T> & AsText {
  return { kind: 'event', isText: true };
}

/** What every call answers: plain data, since Electron keeps only the message of an Error. */
export type Reply<T> = Promise<Result<T, AppError>>;

type CallNames<G> = { [N in keyof G]: G[N] extends Call<Schema, unknown> ? N : never }[keyof G];
type EventNames<G> = { [N in keyof G]: G[N] extends Event<unknown> ? N : never }[keyof G];
type CallOf<M> = M extends Call<infer I, infer O> ? { input: I; output: O } : never;
type PayloadOf<M> = M extends Event<infer T> ? T : never;
type Arguments<I extends Schema> =
  v.InferInput<I> extends undefined ? [] : [input: v.InferInput<I>];

/** What the preload offers to a window. */
export type Api<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [N in CallNames<C[G]>]: (
      ...given: Arguments<CallOf<C[G][N]>['input']>
    ) => Reply<CallOf<C[G][N]>['output']>;
  } & {
    /** Calls back for each message until the returned function is called. */
    readonly [N in EventNames<C[G]>]: (
      listener: (payload: PayloadOf<C[G][N]>) => void,
    ) => () => void;
  };
};

type OnBridge<M, T> = M extends AsText ? string : T;

/** The same as the page gets it from the preload, before it reads what is carried as text. */
export type Bridged<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [N in CallNames<C[G]>]: (
      ...given: Arguments<CallOf<C[G][N]>['input']>
    ) => Reply<OnBridge<C[G][N], CallOf<C[G][N]>['output']>>;
  } & {
    readonly [N in EventNames<C[G]>]: (
      listener: (payload: OnBridge<C[G][N], PayloadOf<C[G][N]>>) => void,
    ) => () => void;
  };
};

/** Who asked: the window's own number, so that main can answer for that window alone. */
export interface Caller {
  readonly windowId: number;
}

/** What the main process must supply: a handler for every call, none left out. */
export type Handlers<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [N in CallNames<C[G]>]: (
      input: v.InferOutput<CallOf<C[G][N]>['input']>,
      caller: Caller,
    ) => Reply<CallOf<C[G][N]>['output']>;
  };
};

/** How main tells its windows: one function for every event, none left out. */
export type Announcer<C extends Contract> = {
  readonly [G in keyof C as [EventNames<C[G]>] extends [never] ? never : G]: {
    readonly [N in EventNames<C[G]>]: (payload: PayloadOf<C[G][N]>) => void;
  };
};

/** The name of the channel that carries one member. */
export function channelOf(group: string, member: string): string {
  return `archipel:${group}.${member}`;
}

export interface NamedMember {
  readonly group: string;
  readonly name: string;
  readonly member: Member;
}

/** Every member of a contract. */
export function membersOf(contract: Contract): readonly NamedMember[] {
  return Object.entries(contract).flatMap(([group, members]) =>
    Object.entries(members).map(([name, member]) => ({ group, name, member })),
  );
}

/** An object of groups of functions, one for each member for which `make` gives a function. */
export function groupsOf(
  members: readonly NamedMember[],
  make: (member: NamedMember) => unknown,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const member of members) {
    (groups[member.group] ??= {})[member.name] = make(member);
  }
  return groups;
}
