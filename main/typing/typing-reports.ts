import type { TypingState } from '../../core/contract/typing.ts';
import type { StreamListener } from '../streams/stream-listeners.ts';

/** Where the states of a text go; `ended` with the last one. */
export interface TypingListener {
  readonly tell: (state: TypingState) => void;
  readonly ended: (state: TypingState) => void;
}

/** Hears what the streams process says of a text; of a secret, no count goes on. */
export function listenerOf(
  machine: string,
  isSecret: boolean,
  { tell, ended }: TypingListener,
): StreamListener {
  const counts = (one: { readonly certain: number; readonly sent: number }) =>
    isSecret ? { certain: 0, sent: 0 } : { certain: one.certain, sent: one.sent };
  let last = { certain: 0, sent: 0 };
  return {
    lost: () => ended({ name: 'ended', how: 'lost', ...counts(last) }),
    hear(report) {
      if (report.kind === 'typing') {
        last = report;
        tell({ name: 'typing', ...counts(report) });
      } else if (report.kind === 'typing-ended') {
        ended({ name: 'ended', how: report.how, ...counts(report) });
      } else if (report.kind === 'typing-failed') {
        const { failure, untypable = 0 } = report;
        const error = failure
          ? ({ code: 'console', machine, failure } as const)
          : ({ code: 'untypable', count: untypable } as const);
        ended({ name: 'failed', error });
      } else return false;
      return report.kind !== 'typing';
    },
  };
}
