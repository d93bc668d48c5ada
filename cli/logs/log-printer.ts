import type { GatheredLine } from '../../client/logs/log-gathering.ts';
import type { LogLineTest } from '../../core/logs/log-filter.ts';
import { plain } from '../output/plain.ts';

/** Prints the lines that are wanted, with their host where there are several. */
export class LogPrinter {
  readonly #test: LogLineTest;
  readonly #isJson: boolean;
  readonly #width: number;

  constructor(test: LogLineTest, isJson: boolean, sources: readonly string[]) {
    this.#test = test;
    this.#isJson = isJson;
    this.#width = sources.length < 2 ? 0 : Math.max(...sources.map((name) => name.length));
  }

  print(lines: readonly GatheredLine[]): void {
    const texts = lines.flatMap((one) =>
      one.line && !this.#test(one.line) ? [] : [this.#text(one)],
    );
    if (texts.length > 0) process.stdout.write(`${texts.join('\n')}\n`);
  }

  #text({ source, line }: GatheredLine): string {
    if (this.#isJson)
      return JSON.stringify(line ? jsonOf(source, line) : { hypervisor: source, gap: true });
    const text = plain(line?.text ?? '--- lines may be missing here ---');
    return this.#width === 0 ? text : `${plain(source).padEnd(this.#width)}  ${text}`;
  }
}

function jsonOf(hypervisor: string, line: NonNullable<GatheredLine['line']>): object {
  const { timeMs, level, prefix, entity, source, text } = line;
  const time = timeMs === undefined ? undefined : new Date(timeMs).toISOString();
  return { hypervisor, time, level, prefix, entity, source, text };
}
