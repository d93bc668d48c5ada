import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Where a password is asked for. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean; setRawMode?: (on: boolean) => unknown };
  readonly output: Writable;
}

const INTERRUPT = '\u0003';
const BACKSPACE = ['\u007f', '\b'];
const ENTER = ['\r', '\n', '\u0004'];

/**
 * A password from the keyboard, shown to nobody, or the first line of standard input where that is
 * no terminal. Undefined when there is none.
 */
export async function askPassword(
  { input, output }: Terminal,
  question: string,
): Promise<string | undefined> {
  if (input.isTTY !== true) return firstLine(input);
  output.write(question);
  input.setRawMode?.(true);
  try {
    return await typed(input);
  } finally {
    input.setRawMode?.(false);
    input.pause();
    output.write('\n');
  }
}

function typed(input: Readable): Promise<string | undefined> {
  return new Promise((resolve) => {
    let password = '';
    const finish = (answer: string | undefined): void => {
      input.off('data', receive);
      resolve(answer);
    };
    const receive = (chunk: Buffer | string): void => {
      for (const key of chunk.toString()) {
        if (key === INTERRUPT) {
          finish(undefined);
          return;
        }
        if (ENTER.includes(key)) {
          finish(password === '' ? undefined : password);
          return;
        }
        password = BACKSPACE.includes(key) ? password.slice(0, -1) : password + key;
      }
    };
    input.on('data', receive);
  });
}

async function firstLine(input: Readable): Promise<string | undefined> {
  // Somebody else has read it to its end.
  if (input.readableEnded) return undefined;
  const lines = createInterface({ input });
  for await (const line of lines) {
    lines.close();
    return line === '' ? undefined : line;
  }
  return undefined;
}
