import { ok, type Result } from '../../core/lib/result.ts';
import { el } from '../../core/xml/element.ts';
import { childOf, childText } from './elements.ts';
import { NS } from './namespaces.ts';
import type { IqFailure } from './session-failure.ts';
import type { Session, Unsubscribe } from './session-types.ts';

/** Which software an entity runs (XEP-0092). */
export interface EntityVersion {
  readonly name: string;
  readonly version: string;
  readonly system: string | undefined;
}

export async function fetchVersion(
  session: Session,
  jid: string,
): Promise<Result<EntityVersion, IqFailure>> {
  const answer = await session.request(jid, 'get', el('query', { xmlns: NS.version }));
  if (!answer.ok) return answer;
  const query = childOf(answer.value, 'query');
  return ok({
    name: childText(query, 'name') ?? '',
    version: childText(query, 'version') ?? '',
    system: childText(query, 'os'),
  });
}

/** Tells others which software this is. */
export function answerVersion(session: Session, own: EntityVersion): Unsubscribe {
  return session.onIq(NS.version, () => {
    const system = own.system === undefined ? [] : [el('os', {}, [own.system])];
    return ok(
      el('query', { xmlns: NS.version }, [
        el('name', {}, [own.name]),
        el('version', {}, [own.version]),
        ...system,
      ]),
    );
  });
}

/** Asks an entity for a sign of life (XEP-0199), and gives how long that took, in milliseconds. */
export async function ping(
  session: Session,
  jid: string,
  now: () => number,
): Promise<Result<number, IqFailure>> {
  const begun = now();
  const answer = await session.request(jid, 'get', el('ping', { xmlns: NS.ping }));
  return answer.ok ? ok(now() - begun) : answer;
}
