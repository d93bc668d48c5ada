import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { replyToCarry } from '../../core/contract/carriage.ts';
import { contract, type AppHandlers } from '../../core/contract/contract.ts';
import { channelOf, membersOf, type Call, type Caller } from '../../core/contract/define.ts';
import { err, type Result } from '../../core/lib/result.ts';
import type { Page } from './trusted-sender.ts';

type AnyHandler = (input: unknown, caller: Caller) => Promise<Result<unknown, AppError>>;
type AnyCall = Call<v.GenericSchema<unknown, unknown>, unknown>;

/** Called with what a handler threw, a bug of ours; returns the number under which it is kept. */
export type Report = (channel: string, cause: unknown) => string;

/** Who asks: which page of ours, or none that is trusted, and in which window. */
export interface Asker extends Caller {
  readonly page: Page | undefined;
}

/** What is answered on a channel; rejects where whoever asks may not. */
export type Answer = (asker: Asker, raw: unknown) => Promise<unknown>;

/** The groups that each page of ours may call. */
const ALLOWED: Readonly<Record<Page, (group: string) => boolean>> = {
  main: (group) => group !== 'confirmation',
  confirmation: (group) => group === 'confirmation' || group === 'settings',
};

/** The answers to all calls of the contract by their channels; each waits until all is ready for it. */
export function answersOf(
  handlers: AppHandlers,
  ready: Promise<void>,
  report: Report,
): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const { group, name, member } of membersOf(contract)) {
    if (member.kind === 'event') continue;
    const handler = handlerOf(handlers, group, name);
    const channel = channelOf(group, name);
    const whenReady: AnyHandler = async (input, caller) => {
      await ready;
      return handler(input, caller);
    };
    answers.set(channel, async ({ page, windowId }, raw) => {
      if (!page || !ALLOWED[page](group)) throw new Error(`Refused ${channel}: untrusted sender`);
      const answered = (input: unknown) => whenReady(input, { windowId });
      return answer(member, raw, answered, (cause) => report(channel, cause));
    });
  }
  return answers;
}

async function answer(
  member: AnyCall,
  raw: unknown,
  handler: (input: unknown) => ReturnType<AnyHandler>,
  report: (cause: unknown) => string,
): Promise<unknown> {
  const input = v.safeParse(member.input, raw);
  if (!input.success) return err({ code: 'invalid-input', detail: v.summarize(input.issues) });
  try {
    return replyToCarry(member, await handler(input.output));
  } catch (cause) {
    return err({ code: 'internal', reportId: report(cause) });
  }
}

/** The handler of one member; the types of the contract make sure that there is one. */
function handlerOf(handlers: AppHandlers, group: string, name: string): AnyHandler {
  const found: unknown = Reflect.get(Reflect.get(handlers, group) as object, name);
  if (typeof found !== 'function') throw new Error(`No handler for ${group}.${name}`);
  return found as AnyHandler;
}
