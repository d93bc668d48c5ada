import type { Activity } from '../../core/contract/app.ts';
import type { AppApi } from '../../core/contract/contract.ts';

/** The counters of the status bar. */
export class ActivityStore {
  readonly #api: AppApi['app'];
  #now = $state.raw<Activity>({ requestsWaiting: 0, changesPerSecond: 0, faults: 0 });

  constructor(api: AppApi['app']) {
    this.#api = api;
  }

  get now(): Activity {
    return this.#now;
  }

  start(): () => void {
    return this.#api.activity((activity) => (this.#now = activity));
  }
}
