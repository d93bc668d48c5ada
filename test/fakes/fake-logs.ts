import type { AppApi } from '../../core/contract/contract.ts';
import type { Respond } from './fake-main.ts';
import type { FakeEvents } from './fake-events.ts';

/** Logs of which no line ever comes. */
export function logsApi(events: FakeEvents, respond: Respond): AppApi['logs'] {
  const done = (member: string) => (input: unknown) =>
    respond(`logs.${member}`, () => undefined, input);
  return {
    open: done('open'),
    close: done('close'),
    askNow: done('askNow'),
    save: (input) => respond('logs.save', () => ({ file: '/tmp/a.log', lines: 2 }), input),
    changed: events.logs.subscribe,
  };
}
