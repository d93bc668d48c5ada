import { openBridge } from '../../core/contract/carriage.ts';
import type { AppApi, BridgedApi } from '../../core/contract/contract.ts';

declare global {
  interface Window {
    /** Made by the preload from the contract; absent when a page is opened outside the app. */
    readonly archipel?: BridgedApi;
  }
}

/** The only door from this window to the main process. */
export function requireApi(): AppApi {
  const { archipel } = window;
  if (!archipel) throw new Error('The preload has not offered its functions.');
  return openBridge(archipel);
}
