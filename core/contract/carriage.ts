import type { Result } from '../lib/result.ts';
import type { AppError } from './app-error.ts';
import { contract, type AppApi, type BridgedApi } from './contract.ts';
import { groupsOf, membersOf, type Member } from './define.ts';

type Answer = Result<unknown, AppError>;
type Call = (input?: unknown) => Promise<Answer>;
type Subscribe = (listener: (payload: unknown) => void) => () => void;

/** Several windows are told the same: it is written once. */
const written = new WeakMap<object, string>();

/** In main: a payload as a member carries it. */
export function toCarry(member: Member, payload: unknown): unknown {
  if (!('isText' in member) || typeof payload !== 'object' || payload === null) return payload;
  const text = written.get(payload) ?? JSON.stringify(payload);
  written.set(payload, text);
  return text;
}

/** In main: the same for the reply of a call; what failed is small. */
export function replyToCarry(member: Member, reply: Answer): Answer {
  return reply.ok ? { ok: true, value: toCarry(member, reply.value) } : reply;
}

/** In a page: what the preload gives, with what is carried as text read. */
export function openBridge(bridged: BridgedApi): AppApi {
  const groups = groupsOf(membersOf(contract), ({ group, name, member }) => {
    const given: unknown = Reflect.get(Reflect.get(bridged, group) as object, name);
    if (!('isText' in member)) return given;
    return member.kind === 'call' ? caller(given as Call) : subscriber(given as Subscribe);
  });
  // Built from the contract itself, member by member.
  return groups as unknown as AppApi;
}

function caller(call: Call): Call {
  return async (input) => {
    const reply = await call(input);
    return reply.ok ? { ok: true, value: opened(reply.value) } : reply;
  };
}

function subscriber(subscribe: Subscribe): Subscribe {
  return (listener) => subscribe((payload) => listener(opened(payload)));
}

function opened(payload: unknown): unknown {
  return typeof payload === 'string' ? JSON.parse(payload) : payload;
}
