import type { FollowState } from '../../client/logs/log-follower.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import { describeError } from '../../core/messages/en/errors.ts';

/** For a hypervisor whose name in the roster is none that the network knows. */
const OTHER_WAYS =
  'Name its address with --ssh, or have its agent tell its own log, without SSH: --via xmpp.';

/** What has become of a log that is read by SSH, with the remedy; undefined where nothing need be said. */
export function describeState(
  source: string,
  state: FollowState,
  isTriedAgain: boolean,
): string | undefined {
  switch (state.name) {
    case 'connecting':
    case 'following':
    case 'ended':
      return undefined;
    case 'missing':
      return `${source}: ${state.file} is not there. Name it with --file, or start the agent.`;
    case 'denied':
      return `${source}: ${state.file} may not be read. Log in as a user who may, with --ssh user@%n.`;
    case 'waiting':
    case 'failed': {
      const retry =
        state.name === 'waiting' && isTriedAgain
          ? ` Next attempt in ${Math.ceil(state.retryInMs / 1000)} s.`
          : '';
      return `${source}: ${inWords(state.error)}${retry}`;
    }
  }
}

function inWords(error: AppError): string {
  const { title, hint } = describeError(error);
  const other = error.code === 'ssh-unknown-host' ? ` ${OTHER_WAYS}` : '';
  return `${title} ${hint}${other}`;
}
