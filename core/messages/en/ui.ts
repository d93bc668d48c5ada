import { amounts } from './amounts.ts';

/** Words that the controls themselves say. */
export const ui = {
  close: 'Close',
  clear: 'Clear',
  copied: 'Copied',
  copyText: (text: string) => `Copy ${text}`,
  increase: 'More',
  decrease: 'Less',
  ago: amounts.ago,
  exactTime: amounts.exactTime,
};
