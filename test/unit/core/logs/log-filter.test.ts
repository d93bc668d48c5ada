import { expect, it } from 'vitest';
import { compileFilter, type LogFilter } from '../../../../core/logs/log-filter.ts';
import { LogLineReader } from '../../../../core/logs/log-line.ts';
import { expectOk } from '../../../support/expect-result.ts';

const reader = new LogLineReader();
const LINES = [
  'INFO    ::2026-11-22 10:00:00.000::hv1::MIGRATION of web-01 begins',
  'DEBUG   ::2026-11-22 10:00:01.000::hv1::LIBVIRT an Error-free event',
  'ERROR   ::2026-11-22 10:00:02.000::u@example.org::MIGRATION failed',
  'WARNING ::2026-11-22 10:00:03.000::hv1::VMPARKING is slow',
  'a line of another form',
].map((line) => reader.read(line));

function shown(filter: LogFilter): readonly number[] {
  const test = expectOk(compileFilter(filter));
  return LINES.flatMap((line, index) => (test(line) ? [index] : []));
}

it.each<[string, LogFilter, readonly number[]]>([
  ['nothing', {}, [0, 1, 2, 3, 4]],
  ['a text, whatever its case', { text: 'error' }, [1, 2]],
  ['a text in its case', { text: 'Error', isCaseSensitive: true }, [1]],
  ['a text with signs of expressions', { text: 'hv1::' }, [0, 1, 3]],
  ['an expression', { regex: 'migration.*(begins|fails)$' }, [0]],
  ['what does not fit', { text: 'migration', isInverted: true }, [1, 3, 4]],
  // The last line goes on what the one before began.
  ['a level', { level: 'warning' }, [2, 3, 4]],
  ['a part of the agent', { prefix: 'MIGRATION' }, [0, 2]],
  ['all of them', { prefix: 'MIGRATION', level: 'error', text: 'u@example.org' }, [2]],
])('filters by %s', (_what, filter, wanted) => {
  expect(shown(filter)).toEqual(wanted);
});

it('says what is wrong with an expression', () => {
  expect(compileFilter({ regex: '(' })).toEqual({
    ok: false,
    error: { regex: '(', detail: expect.stringContaining('Unterminated group') as string },
  });
});
