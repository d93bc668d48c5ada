import type { EventEmitter } from 'node:events';

/** What is told of an interruption: the process, or what stands for it in a test. */
type Interrupted = Pick<EventEmitter, 'emit'>;

/**
 * Ends as at Ctrl+C once nobody reads what is printed, as `head` does not after its lines. What goes on
 * until it is interrupted ends in order; everything else is at its end, with an exit code of its own.
 */
export function endWithReader(outputs: readonly EventEmitter[], program: Interrupted): void {
  let isEnding = false;
  for (const output of outputs) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (isEnding) return;
      // As long as nobody listens, whoever begins to listen has to be told yet.
      isEnding = program.emit('SIGINT', 'SIGINT');
    });
  }
}
