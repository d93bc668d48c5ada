import { createInterface } from 'node:readline/promises';
import { plain } from '../output/plain.ts';

/** A question to be answered with yes; without a terminal nobody can, so the answer is no. */
export async function askYes(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write(`${question} There is nobody to ask here: give --yes.\n`);
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`${plain(question)} [y/N] `);
  lines.close();
  return /^y(?:es)?$/iu.test(answer.trim());
}
