import { createInterface } from 'node:readline/promises';
import { setImmediate } from 'node:timers/promises';
import { plain } from '../output/plain.ts';
import { canAnswer, ownTerminal, type Terminal } from './terminal.ts';

/** A question to be answered with yes; without a terminal nobody can, so the answer is no. */
export async function askYes(question: string, terminal: Terminal = ownTerminal): Promise<boolean> {
  const { input, output } = terminal;
  if (!canAnswer(terminal)) {
    output.write(`${plain(question)} There is nobody to ask here: give --yes.\n`);
    return false;
  }
  const lines = createInterface({ input, output });
  // Ctrl+D and Ctrl+C close it, and leave the question without an answer, in newer Node with an error.
  const closed = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
  const answered = lines.question(`${plain(question)} [y/N] `).catch(() => undefined);
  const answer = await Promise.race([answered, closed]);
  if (answer === undefined) output.write('\n');
  lines.close();
  // Node stops reading a terminal a moment after that, also for whoever has begun to read by then.
  await setImmediate();
  return /^y(?:es)?$/iu.test(answer?.trim() ?? '');
}
