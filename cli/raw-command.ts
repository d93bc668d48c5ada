import { err, ok, type Result } from '../core/lib/result.ts';
import { refusalToSend } from '../core/protocol/harmful.ts';
import { readRequestHead } from '../core/protocol/request.ts';
import type { XmlElement } from '../core/xml/element.ts';
import { parseXml } from '../core/xml/parse.ts';
import { prettyXml } from '../core/xml/pretty.ts';
import { readerOf } from '../core/xml/reader.ts';
import { serialize } from '../core/xml/write.ts';
import { toXmlElement } from '../node/xmpp/elements.ts';
import type { IqFailure } from '../node/xmpp/session-failure.ts';
import type { Session } from '../node/xmpp/session-types.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

export interface RawStanza {
  readonly type: 'get' | 'set';
  readonly payload: XmlElement;
}

/** Reads the stanza that a user wrote: an iq of type get or set with one payload. */
export function readRawStanza(text: string): Result<RawStanza, string> {
  const document = parseXml(text.trim());
  if (!document.ok) {
    const { code, line, column } = document.error;
    return err(`The stanza is no XML (${code} in line ${line}, column ${column}).`);
  }
  const { root } = document.value;
  const type = root.attributes['type'];
  if (root.name !== 'iq') return err(`The stanza must be an <iq>, but is <${root.name}>.`);
  if (type !== 'get' && type !== 'set') return err('The <iq> must have type="get" or type="set".');
  const payload = root.children.find((child) => typeof child !== 'string');
  return payload ? ok({ type, payload }) : err('The <iq> is empty: it needs a <query>.');
}

/** Why a stanza must not go to an entity whose agent is not known. */
export function harmOf({ payload }: RawStanza): string | undefined {
  const head = readRequestHead(readerOf(payload));
  if (!head.ok) return undefined;
  const refusal = refusalToSend(head.value.namespace, head.value.action, undefined);
  return refusal?.code === 'harms-original-agent' ? refusal.why : undefined;
}

export interface RawAnswer {
  readonly exit: ExitCode;
  readonly text: string;
}

/** Sends the stanza and gives the whole answer as text, whether it is a result or an error. */
export async function sendRawStanza(
  session: Session,
  to: string,
  stanza: RawStanza,
  isPretty: boolean,
): Promise<RawAnswer> {
  const answer = await session.request(to, stanza.type, stanza.payload);
  if (answer.ok) return { exit: EXIT.done, text: shown(toXmlElement(answer.value), isPretty) };
  if (answer.error.code === 'stanza-error') {
    return { exit: EXIT.failed, text: shown(answer.error.element, isPretty) };
  }
  return { exit: exitOf(answer.error), text: describeSilence(answer.error, to) };
}

function shown(element: XmlElement, isPretty: boolean): string {
  return isPretty ? prettyXml(element) : serialize(element);
}

function exitOf({ code }: IqFailure): ExitCode {
  return code === 'unknown-outcome' || code === 'timeout' ? EXIT.unknown : EXIT.failed;
}

function describeSilence({ code }: IqFailure, to: string): string {
  if (code === 'timeout') return `${to} did not answer in time.`;
  if (code === 'unknown-outcome') return `Nobody knows whether ${to} acted on it.`;
  return `It was not sent to ${to}: ${code}.`;
}
