import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import { replyToCarry } from '../../core/contract/carriage.ts';
import { contract, type AppHandlers } from '../../core/contract/contract.ts';
import { type Call, channelOf, membersOf, type Caller } from '../../core/contract/define.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import { err, type Result } from '../../core/lib/result.ts';
import { trustedPage, type Page } from './trusted-sender.ts';

type AnyHandler = (input: unknown, caller: Caller) => Promise<Result<unknown, AppError>>;

/** Called with what a handler threw, a bug of ours; returns the number under which it is kept. */
export type Report = (channel: string, cause: unknown) => string;

/** The groups that each page of ours may call. */
const ALLOWED: Readonly<Record<Page, (group: string) => boolean>> = {
  main: (group) => group !== 'confirmation',
  confirmation: (group) => group === 'confirmation' || group === 'settings',
};

/** Answers every call of the contract once all is ready for it: the only code that listens to windows. */
export function serveContract(handlers: AppHandlers, ready: Promise<void>, report: Report): void {
  for (const { group, name, member } of membersOf(contract)) {
    if (member.kind === 'event') continue;
    const handler = handlerOf(handlers, group, name);
    const whenReady: AnyHandler = async (input, caller) => {
      await ready;
      return handler(input, caller);
    };
    serve(channelOf(group, name), group, member, whenReady, report);
  }
}

function serve(
  channel: string,
  group: string,
  member: Call<v.GenericSchema<unknown, unknown>, unknown>,
  handler: AnyHandler,
  report: Report,
): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, raw: unknown) => {
    const page = trustedPage(event);
    if (!page || !ALLOWED[page](group)) throw new Error(`Refused ${channel}: untrusted sender`);
    const input = v.safeParse(member.input, raw);
    if (!input.success) return err({ code: 'invalid-input', detail: v.summarize(input.issues) });
    try {
      return replyToCarry(member, await handler(input.output, { windowId: event.sender.id }));
    } catch (cause) {
      return err({ code: 'internal', reportId: report(channel, cause) });
    }
  });
}

/** The handler of one member; the types of the contract make sure that there is one. */
function handlerOf(handlers: AppHandlers, group: string, name: string): AnyHandler {
  const found: unknown = Reflect.get(Reflect.get(handlers, group) as object, name);
  if (typeof found !== 'function') throw new Error(`No handler for ${group}.${name}`);
  return found as AnyHandler;
}
