import type { AppError } from '../../core/contract/app-error.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { refusalToSend, type KnownAgent } from '../../core/protocol/harmful.ts';
import { firstChild } from '../../core/protocol/stanza-content.ts';
import type { ElementReader, XmlElement } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/parse.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import { MASK } from '../redaction.ts';
import type { StanzaCauses } from './stanza-causes.ts';

const STANZAS = new Set(['iq', 'message', 'presence']);

/** Sends a stanza as the user wrote it; what would harm an original agent is refused here as well. */
export async function sendRaw(
  session: Session,
  account: BareJid,
  xml: string,
  agentOf: (jid: BareJid) => KnownAgent | undefined,
  causes: StanzaCauses,
): Promise<Result<undefined, AppError>> {
  if (xml.includes(MASK)) {
    const detail = `It holds ${MASK}, which stands for a secret that was left out. Put the secret in its place.`;
    return err({ code: 'invalid-input', detail });
  }
  const document = parseXml(xml.trim());
  if (!document.ok) {
    const { code, line, column } = document.error;
    return err({ code: 'invalid-input', detail: `${code} (${line}:${column})` });
  }
  const { root } = document.value;
  if (!STANZAS.has(root.name)) {
    return err({ code: 'invalid-input', detail: `<${root.name}/>` });
  }
  const refusal = harm(readerOf(root), agentOf);
  if (refusal) return err(refusal);
  if (root.name === 'iq') return sendIq(session, root, causes);
  const sent = await session.send(root);
  return sent.ok ? ok(undefined) : err({ code: 'not-connected', jid: account });
}

function harm(
  stanza: ElementReader,
  agentOf: (jid: BareJid) => KnownAgent | undefined,
): AppError | undefined {
  const to = parseJid(stanza.attribute('to') ?? '')?.bare;
  const query = firstChild(stanza, 'query');
  if (to === undefined || query === undefined) return undefined;
  const namespace = query.namespace ?? '';
  const action = firstChild(query, 'archipel')?.attribute('action') ?? '';
  const refusal = refusalToSend(namespace, action, agentOf(to));
  if (refusal?.code !== 'harms-original-agent') return undefined;
  return { code: 'unsupported', entity: to, namespace, action };
}

/** The answer is seen in the record of stanzas, whatever it is. */
async function sendIq(
  session: Session,
  iq: XmlElement,
  causes: StanzaCauses,
): Promise<Result<undefined, AppError>> {
  const { type, to } = iq.attributes;
  const [payload] = iq.children.filter((child) => typeof child !== 'string');
  if ((type !== 'get' && type !== 'set') || !payload) {
    return err({ code: 'invalid-input', detail: '<iq/>' });
  }
  const [inner] = payload.children.filter((child) => typeof child !== 'string');
  const forget = causes.expect({
    to: to ?? '',
    namespace: payload.attributes['xmlns'] ?? '',
    action: inner?.attributes['action'] ?? inner?.name ?? payload.name,
    cause: 'raw',
  });
  void session.request(to, type, payload).finally(forget);
  return ok(undefined);
}
