import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Terminal, type ITheme } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { readPasted, type PastedText } from './pasted-text.ts';
import { withConstructedStyles } from './constructed-styles.ts';

const KEPT_LINES = 10_000;
const FONT_SIZE = 13;
/** A new line without attributes, mouse reports and pasting in brackets, and with a cursor. */
const PLAIN_LINE = '\u001b[0m\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?2004l\u001b[?25h\r\n';
/** Back from the buffer of full-screen programs. */
const NORMAL_BUFFER = '\u001b[?1049l';

export interface TerminalScreenEvents {
  typed(bytes: Uint8Array): void;
  /** Something was pasted whose ends of lines would work as Enter. */
  askedToPaste(pasted: PastedText): void;
  /** Something was pasted that has more bytes than are taken at once, and nothing is made of it. */
  pastedTooMuch(length: number): void;
  resized(columns: number, rows: number): void;
  copied(text: string): void;
  searched(): void;
}

/** xterm.js in a page of ours: draws, sends what is typed, and finds. */
export class TerminalScreen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #stop: () => void;

  constructor(target: HTMLElement, label: string, events: TerminalScreenEvents) {
    const style = getComputedStyle(target);
    this.#terminal = new Terminal({
      scrollback: KEPT_LINES,
      fontFamily: style.getPropertyValue('--font-mono').trim(),
      fontSize: FONT_SIZE,
      theme: themeOf(style),
      screenReaderMode: false,
      allowProposedApi: true,
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.#search);
    withConstructedStyles(() => this.#terminal.open(target));
    this.#terminal.textarea?.setAttribute('aria-label', label);
    const encoder = new TextEncoder();
    this.#terminal.onData((text) => events.typed(encoder.encode(text)));
    // Mouse reports of old programs are bytes, and no text.
    this.#terminal.onBinary((text) => {
      events.typed(Uint8Array.from(text, (sign) => sign.charCodeAt(0)));
    });
    this.#terminal.onResize(({ cols, rows }) => events.resized(cols, rows));
    this.#terminal.attachCustomKeyEventHandler((event) => this.#isForShell(event, events));
    // Before the terminal hears of it, which would take each control character for a key.
    target.addEventListener('paste', (event) => this.#pasted(event, events), { capture: true });
    const observer = new ResizeObserver(() => this.#fitInto(target));
    observer.observe(target);
    this.#stop = () => observer.disconnect();
    this.#fitInto(target);
  }

  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows };
  }

  /** Draws bytes; calls back once they are drawn. */
  write(bytes: Uint8Array, drawn: () => void): void {
    this.#terminal.write(bytes, drawn);
  }

  /** What was on it stays, and what comes begins on a plain line. */
  beginAnew(): void {
    // In the normal buffer it would put the cursor where it was saved last.
    const isAlternate = this.#terminal.buffer.active.type === 'alternate';
    this.#terminal.write(`${isAlternate ? NORMAL_BUFFER : ''}${PLAIN_LINE}`);
  }

  /** Types what was pasted, in brackets where the other side knows them. */
  paste({ text }: PastedText): void {
    this.#terminal.paste(text);
  }

  focus(): void {
    this.#terminal.focus();
  }

  blur(): void {
    this.#terminal.blur();
  }

  /** The text that is marked. */
  get selected(): string {
    return this.#terminal.getSelection();
  }

  /** Marks the next or previous place with this text; false where there is none. */
  find(text: string, isBackward: boolean): boolean {
    if (text === '') {
      this.#search.clearDecorations();
      this.#terminal.clearSelection();
      return true;
    }
    return isBackward ? this.#search.findPrevious(text) : this.#search.findNext(text);
  }

  dispose(): void {
    this.#stop();
    this.#terminal.dispose();
  }

  #pasted(event: ClipboardEvent, events: TerminalScreenEvents): void {
    event.preventDefault();
    event.stopPropagation();
    const read = readPasted(event.clipboardData?.getData('text/plain') ?? '');
    const isRunAtOnce = !this.#terminal.modes.bracketedPasteMode;
    if (!read.ok) events.pastedTooMuch(read.error);
    else if (read.value.enters && isRunAtOnce) events.askedToPaste(read.value);
    else this.paste(read.value);
  }

  #fitInto(target: HTMLElement): void {
    // A panel out of sight has no size, and must not shrink the terminal to nothing.
    if (target.clientWidth > 0 && target.clientHeight > 0) this.#fit.fit();
  }

  /** Control and Shift together are ours: C copies, F finds, V is left to the page, which pastes. */
  #isForShell(event: KeyboardEvent, events: TerminalScreenEvents): boolean {
    if (!event.ctrlKey || !event.shiftKey || event.altKey) return true;
    const key = event.key.toLowerCase();
    if (key !== 'c' && key !== 'f') return key !== 'v';
    event.preventDefault();
    event.stopPropagation();
    if (event.type === 'keydown' && key === 'f') events.searched();
    else if (event.type === 'keydown' && this.selected !== '') events.copied(this.selected);
    return false;
  }
}

/** The screen is dark in both themes, as that of a machine is. */
function themeOf(style: CSSStyleDeclaration): ITheme {
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    background: token('--screen'),
    foreground: token('--screen-ink'),
    cursor: token('--screen-ink'),
    selectionBackground: token('--screen-mark'),
  };
}
