import type { Result } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import { type ProtocolError, readError } from '../../core/protocol/error-stanza.ts';
import { readReply } from '../../core/protocol/reply.ts';
import { writeRequest } from '../../core/protocol/request.ts';
import { el } from '../../core/xml/element.ts';
import { LtxReader, toLtx } from '../../node/xmpp/elements.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import { expectOk } from './expect-result.ts';

/** Asks an entity for an action; a refusal is what the client would read of it. */
export async function askEntity<Request, Reply>(
  session: Session,
  to: string,
  action: Action<Request, Reply>,
  request: Request,
): Promise<Result<Reply, ProtocolError>> {
  const answer = await session.request(to, action.kind, writeRequest(action, request));
  if (answer.ok) return { ok: true, value: expectOk(readReply(action, answer.value)) };
  if (answer.error.code !== 'stanza-error') {
    throw new Error(`${action.name} at ${to}: ${JSON.stringify(answer.error)}`);
  }
  const iq = new LtxReader(toLtx(el('iq', { type: 'error' }, [answer.error.element])));
  return { ok: false, error: readError(iq, action) };
}
