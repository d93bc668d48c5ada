import type { ServerChannel } from 'ssh2';
import { answerCommand, type ScriptedHost } from './scripted-shell.ts';

const LINE_BREAK = '\r\n';
const END_OF_FILE = '\u0004';
const INTERRUPT = '\u0003';
const BACKSPACE = ['\u007f', '\b'];
const MOST_LINE = 1000;

/** Somebody at a terminal of the scripted shell. */
export class ShellSession {
  readonly #channel: ServerChannel;
  readonly #host: ScriptedHost;
  #line = '';
  #stopFollowing: (() => void) | undefined;

  constructor(channel: ServerChannel, host: ScriptedHost) {
    this.#channel = channel;
    this.#host = host;
    channel.once('close', () => this.#stopFollowing?.());
  }

  start(): void {
    this.#channel.write(`This host is part of the demo platform. Type help.${LINE_BREAK}`);
    this.#prompt();
    this.#channel.on('data', (chunk: Buffer) => {
      for (const sign of chunk.toString()) this.#type(sign);
    });
  }

  /** Prints each new line of the log until it is interrupted. */
  follow(): void {
    const { log } = this.#host;
    let file = log.files.at(-1);
    let at = file?.size ?? 0;
    this.#stopFollowing = log.onChange(() => {
      const live = log.files.at(-1);
      if (live !== file) [file, at] = [live, 0];
      if (!file || this.#channel.writableNeedDrain) return;
      this.#print(file.slice(at, file.size).toString());
      at = file.size;
    });
  }

  #prompt(): void {
    this.#channel.write(`${this.#host.user}@${this.#host.name}:~$ `);
  }

  #print(text: string): void {
    this.#channel.write(text.replaceAll('\n', LINE_BREAK));
  }

  #type(sign: string): void {
    if (sign === INTERRUPT) this.#interrupt();
    else if (!this.#stopFollowing) this.#edit(sign);
  }

  #edit(sign: string): void {
    if (sign === END_OF_FILE && this.#line === '') this.#leave();
    else if (sign === '\r' || sign === '\n') this.#run();
    else if (BACKSPACE.includes(sign)) this.#erase();
    else if (sign >= ' ' && this.#line.length < MOST_LINE) {
      this.#line += sign;
      this.#channel.write(sign);
    }
  }

  #interrupt(): void {
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
    this.#line = '';
    this.#channel.write(`^C${LINE_BREAK}`);
    this.#prompt();
  }

  #erase(): void {
    if (this.#line === '') return;
    this.#line = this.#line.slice(0, -1);
    this.#channel.write('\b \b');
  }

  #run(): void {
    const line = this.#line;
    this.#line = '';
    this.#channel.write(LINE_BREAK);
    if (line.trim() === 'exit') {
      this.#leave();
      return;
    }
    const { out, error = '', follows } = answerCommand(line, this.#host);
    this.#print(out + error);
    if (follows === true) this.follow();
    else this.#prompt();
  }

  #leave(): void {
    this.#channel.exit(0);
    this.#channel.end();
  }
}
