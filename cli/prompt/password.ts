import type { Readable } from 'node:stream';
import { ENDS, hasEnded, type Terminal } from './terminal.ts';

const INTERRUPT = '\u0003';
const BACKSPACE = ['\u007f', '\b'];
const ENTER = ['\r', '\n', '\u0004'];

/** More bytes without the end of a line are no password. */
const LONGEST = 65_536;

/**
 * A password from the keyboard, shown to nobody, or the next line of standard input where that is
 * no terminal. Undefined when there is none.
 */
export async function askPassword(
  terminal: Terminal,
  question: string,
): Promise<string | undefined> {
  // Somebody else has read it to its end.
  if (hasEnded(terminal)) return undefined;
  const { input, output } = terminal;
  if (input.isTTY !== true) return nextLine(input);
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

/** Whether an input that is no terminal holds more than what was asked for. */
export function holdsMore({ input }: Terminal): boolean {
  return input.isTTY !== true && input.readableLength > 0;
}

function typed(input: Readable): Promise<string | undefined> {
  return new Promise((resolve) => {
    let password = '';
    const finish = (answer: string | undefined): void => {
      input.off('data', receive);
      for (const event of ENDS) input.off(event, ended);
      resolve(answer);
    };
    // As when the window of the terminal is closed.
    const ended = (): void => finish(undefined);
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
    for (const event of ENDS) input.once(event, ended);
    listen(input, receive);
  });
}

/** Hears an input, also one that was paused after what was asked before. */
function listen(input: Readable, receive: (chunk: Buffer | string) => void): void {
  input.on('data', receive);
  input.resume();
}

/** The next line, without its end. What follows it stays in the input, for who reads next. */
function nextLine(input: Readable): Promise<string | undefined> {
  return new Promise((resolve) => {
    let read = Buffer.alloc(0);
    const finish = (line: Buffer): void => {
      input.off('data', receive);
      for (const event of ENDS) input.off(event, ended);
      input.pause();
      const text = line.toString().replace(/\r$/u, '');
      resolve(text === '' ? undefined : text);
    };
    const receive = (chunk: Buffer | string): void => {
      read = Buffer.concat([read, Buffer.from(chunk)]);
      const end = read.indexOf('\n');
      if (end >= 0) {
        finish(read.subarray(0, end));
        if (end + 1 < read.length) input.unshift(read.subarray(end + 1));
      } else if (read.length > LONGEST) finish(Buffer.alloc(0));
    };
    const ended = (): void => finish(read);
    for (const event of ENDS) input.once(event, ended);
    listen(input, receive);
  });
}
