import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import type { RfbWay } from '../../node/rfb/reach-ways.ts';

/** No agent of ours says more; what is longer would be no order to the streams process. */
const LONGEST = 4000;

/** Why an agent is not to be believed that says an address or a secret without end. */
export function endlessWords(
  ways: readonly RfbWay[],
  more: readonly (string | undefined)[] = [],
): ConsoleFailure | undefined {
  const words = [...ways.flatMap((one) => [one.host, one.token, one.fingerprint]), ...more];
  if (words.every((one) => one === undefined || one.length <= LONGEST)) return undefined;
  return { code: 'malformed', detail: `a word of more than ${LONGEST} characters` };
}
