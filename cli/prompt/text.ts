import type { Readable } from 'node:stream';
import { plain } from '../output/plain.ts';
import { ownTerminal, type Terminal } from './terminal.ts';

/** A text that somebody gives. */
export interface TextSource {
  /** What is known of it before it is asked for: all of it, or nothing. */
  readonly early: string | undefined;
  /** All of it; `question` asks for it at a terminal. */
  readonly read: (question: string) => Promise<string>;
}

/**
 * Standard input as a text. What is no terminal is read now, before anything else could take a line
 * of it for a password. At a terminal passwords are asked for first: after the Ctrl+D that ends a
 * text nobody can answer any more.
 */
export async function textSource({ input, output }: Terminal = ownTerminal): Promise<TextSource> {
  if (input.isTTY === true) {
    const read = (question: string): Promise<string> => {
      output.write(`${plain(question)}\n`);
      return readText(input);
    };
    return { early: undefined, read };
  }
  const text = await readText(input);
  return { early: text, read: () => Promise.resolve(text) };
}

/** All of an input as UTF-8 text. At a terminal it ends with Ctrl+D. */
async function readText(input: Readable): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of input as AsyncIterable<Buffer>) {
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
