import type { IqFailure, SessionFailure } from '../../node/xmpp/session-failure.ts';

/** Why a session is not online, for a line of the log. */
export function describeFailure(failure: SessionFailure): string {
  const { code, ...details } = failure;
  const told = Object.entries(details).map(([name, value]) => {
    return `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`;
  });
  return [code, ...told].join(', ');
}

/** Why a request has no good answer, for a line of the log. */
export function describeRefusal(failure: IqFailure): string {
  if (failure.code === 'stanza-error') {
    return [failure.condition ?? failure.type, failure.text].filter((one) => one !== '').join(': ');
  }
  return 'because' in failure ? `${failure.code}: ${failure.because}` : failure.code;
}
