import type { AccountEntry } from '../accounts/account-entry.ts';

/**
 * Where a hypervisor is. Of one that is perhaps on this computer, since its XMPP server is, only a
 * proxy that proves with its certificate to be the right one is believed.
 */
export type Place = 'here' | 'perhaps-here' | 'elsewhere';

/** Where the hypervisors of an account are: those of the embedded platform are here. */
export function placeOfAccount(account: Pick<AccountEntry, 'demo' | 'stored'> | undefined): Place {
  if (account?.demo) return 'here';
  const host = account?.stored.settings.endpoint?.host;
  const isHere = host === 'localhost' || host === '::1' || host?.startsWith('127.') === true;
  return isHere ? 'perhaps-here' : 'elsewhere';
}
