import type { XmlElement } from '../../core/xml/element.ts';
import { withAttributes } from './element-access.ts';
import { faultAnswer } from './fault-answers.ts';
import type { FaultEffect, FaultSwitch } from './faults.ts';
import type { Session } from './session.ts';
import { asksForAnswer } from './stanza.ts';

/** Takes a stanza of a session; false when it never came, so that it must not be counted. */
export type Route = (session: Session, stanza: XmlElement) => boolean;

/** Routes as told, except where the fault switch says otherwise. */
export function faultyRoute(
  faults: FaultSwitch,
  route: (session: Session, stanza: XmlElement) => void,
): Route {
  return (session, stanza) => {
    const to = stanza.attributes['to'] ?? session.bare;
    const request = withAttributes(stanza, { from: session.jid, to });
    const effect = asksForAnswer(stanza) ? faults.take(request) : undefined;
    if (effect) return goWrong(effect, session, request, route);
    route(session, stanza);
    return true;
  };
}

function goWrong(
  effect: FaultEffect,
  session: Session,
  request: XmlElement,
  route: (session: Session, stanza: XmlElement) => void,
): boolean {
  switch (effect.kind) {
    case 'late':
      setTimeout(() => route(session, request), effect.ms).unref();
      return true;
    case 'drop':
      return true;
    case 'cut-before-delivery':
      session.cut();
      return false;
    case 'cut-after-delivery':
      route(session, request);
      session.cut();
      return true;
    case 'cut-before-answer':
      session.cutBeforeAnswer(request.attributes['id'] ?? '');
      route(session, request);
      return true;
    case 'malformed':
      session.sendRaw(faultAnswer(effect, request) ?? '');
      return true;
    default:
      session.deliverText(faultAnswer(effect, request) ?? '');
      return true;
  }
}
