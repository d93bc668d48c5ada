import type { BareJid } from '../../core/domain/jid.ts';
import type { StanzaTap } from '../../node/xmpp/session-types.ts';
import { describeStanza, type StanzaFacts } from './describe-stanza.ts';

/** Which request is looked for, by what is known of it. */
export interface WantedExchange {
  readonly account: BareJid;
  /** Whom it went to. */
  readonly jid: BareJid;
  readonly namespace?: string | undefined;
  readonly action?: string | undefined;
  /** The id of its iq, which decides where it is known. */
  readonly stanzaId?: string | undefined;
  /** It was sent no later, in milliseconds since 1970. */
  readonly before?: number | undefined;
  /** What has come back. */
  readonly outcome: 'error' | 'nothing' | 'anything';
}

interface Passed {
  readonly account: BareJid;
  readonly tap: StanzaTap;
}

/** Where a request and its answer stand. */
export interface FoundExchange {
  readonly request: number;
  readonly answer: number | undefined;
}

/** The newest request that fits, among stanzas in the order in which they passed. */
export function findExchange(
  stanzas: readonly Passed[],
  wanted: WantedExchange,
): FoundExchange | undefined {
  for (let at = stanzas.length - 1; at >= 0; at -= 1) {
    const one = stanzas[at];
    const facts = one && requestFacts(one, wanted);
    if (!facts) continue;
    const answer = answerTo(facts, stanzas, at);
    if (fitsOutcome(answer?.type, wanted.outcome)) return { request: at, answer: answer?.at };
  }
  return undefined;
}

function requestFacts(passed: Passed, wanted: WantedExchange): StanzaFacts | undefined {
  if (!mayBeIt(passed, wanted)) return undefined;
  const facts = describeStanza(passed.tap.text);
  return isRequest(facts) && isIt(facts, wanted) ? facts : undefined;
}

/** Texts are searched before any is parsed: there may be very many. */
function mayBeIt({ account, tap }: Passed, wanted: WantedExchange): boolean {
  const { jid, namespace, action, stanzaId, before = Infinity } = wanted;
  if (tap.direction !== 'sent' || account !== wanted.account || tap.at > before) return false;
  return [jid, namespace, action, stanzaId].every((part) => tap.text.includes(part ?? ''));
}

function isRequest({ kind, type }: StanzaFacts): boolean {
  return kind === 'iq' && (type === 'get' || type === 'set');
}

function isIt(facts: StanzaFacts, wanted: WantedExchange): boolean {
  const isSame = (part: 'namespace' | 'action' | 'stanzaId'): boolean => {
    return wanted[part] === undefined || wanted[part] === facts[part];
  };
  const goesThere = facts.to === wanted.jid || facts.to.startsWith(`${wanted.jid}/`);
  return goesThere && isSame('namespace') && isSame('action') && isSame('stanzaId');
}

interface Answer {
  readonly at: number;
  readonly type: string;
}

function answerTo(
  asked: StanzaFacts,
  stanzas: readonly Passed[],
  askedAt: number,
): Answer | undefined {
  const account = stanzas[askedAt]?.account;
  for (const [offset, one] of stanzas.slice(askedAt + 1).entries()) {
    if (one.account !== account || one.tap.direction !== 'received') continue;
    const type = one.tap.text.includes(asked.stanzaId)
      ? answerType(one.tap.text, asked)
      : undefined;
    if (type !== undefined) return { at: askedAt + 1 + offset, type };
  }
  return undefined;
}

function answerType(text: string, { stanzaId, to }: StanzaFacts): string | undefined {
  const facts = describeStanza(text);
  const isAnswer = facts.type === 'result' || facts.type === 'error';
  return isAnswer && facts.stanzaId === stanzaId && facts.from === to ? facts.type : undefined;
}

function fitsOutcome(type: string | undefined, wanted: WantedExchange['outcome']): boolean {
  if (wanted === 'anything') return true;
  return wanted === 'error' ? type === 'error' : type === undefined;
}
