import type { Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import type { ChatRequest } from '../entities/chat-desk.ts';
import type { Requester } from '../entities/dispatcher.ts';

/** Who chats, as handlers of requests want to know it. */
export function requesterOf({ requester }: ChatRequest): Requester {
  return { jid: requester, from: requester, afterwards: setImmediate, made: () => undefined };
}

/** What became of an order, in words. */
export async function answer<T>(
  order: Promise<Result<T, ActionFailure>>,
  words: (value: T) => string,
): Promise<string> {
  const done = await order;
  return done.ok ? words(done.value) : `That did not work: ${done.error.text ?? done.error.code}`;
}
