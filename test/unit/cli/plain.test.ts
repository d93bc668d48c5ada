import { afterEach, describe, expect, it, vi } from 'vitest';
import { LogPrinter } from '../../../cli/logs/log-printer.ts';
import { plain } from '../../../cli/output/plain.ts';
import { table } from '../../../cli/output/table.ts';
import { LogLineReader } from '../../../core/logs/log-line.ts';

/** Writes into the clipboard of many terminals. */
const THEFT = '\u001b]52;c;cm0gLXJm\u0007';

describe('words of others on a terminal', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('are shown and not carried out', () => {
    expect(plain(`é\t${THEFT}\u009b2J\u007f\r\n`)).toBe(
      String.raw`é` + '\t' + String.raw`\x1b]52;c;cm0gLXJm\x07\x9b2J\x7f\x0d` + '\n',
    );
  });

  it('are one cell of a table, and no row', () => {
    expect(table(['NAME'], [[`a\nroot  ${THEFT}`]])).toBe(
      `NAME\n${String.raw`a root \x1b]52;c;cm0gLXJm\x07`}`,
    );
  });

  it('are lines of a log', () => {
    const said: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const line = new LogLineReader().read(`guest says ${THEFT}`);
    new LogPrinter(() => true, false, ['hv1']).print([{ source: 'hv1', line, timeMs: 0 }]);
    expect(said.join('')).toBe(`${String.raw`guest says \x1b]52;c;cm0gLXJm\x07`}\n`);
  });
});
