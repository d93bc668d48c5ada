import type { Readable } from 'node:stream';

/** All of an input as UTF-8 text. At a terminal it ends with Ctrl+D. */
export async function readText(input: Readable): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of input as AsyncIterable<Buffer>) {
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
