import { err, ok, type Result } from '../../core/lib/result.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import { accountParts } from './addresses.ts';
import { NS } from './namespaces.ts';
import type { IqFailure } from './session-failure.ts';
import type { Session } from './session-types.ts';

type Done = Promise<Result<void, IqFailure>>;

/** Changes the password of the account that is logged in (XEP-0077 §3.3). */
export async function changePassword(session: Session, password: string): Done {
  const { user } = accountParts(session.bareJid);
  return ask(session, [el('username', {}, [user]), el('password', {}, [password])]);
}

/** Removes the account that is logged in from its server (XEP-0077 §3.2). */
export async function removeAccount(session: Session): Done {
  const done = await ask(session, [el('remove')]);
  if (done.ok || done.error.code !== 'unknown-outcome') return done;
  return wasThrownOut(session) ? ok(undefined) : done;
}

/** ejabberd ends the stream of an account that is gone, instead of answering. */
function wasThrownOut({ state }: Session): boolean {
  const reason = state.kind === 'failed' || state.kind === 'waiting' ? state.reason : undefined;
  if (reason?.code !== 'stream-error') return false;
  return reason.condition === 'conflict' || reason.condition === 'not-authorized';
}

async function ask(session: Session, children: readonly XmlElement[]): Done {
  const query = el('query', { xmlns: NS.register }, children);
  const answer = await session.request(session.domain, 'set', query);
  return answer.ok ? ok(undefined) : err(answer.error);
}
