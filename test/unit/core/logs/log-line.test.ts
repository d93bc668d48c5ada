import { expect, it } from 'vitest';
import { LogLineReader, parseLogLine } from '../../../../core/logs/log-line.ts';

const ESCAPE = '\u001b';
const AT = Date.UTC(2026, 10, 22, 10, 20, 30, 123);

it('reads what our agents write', () => {
  const text = 'INFO    ::2026-11-22 10:20:30.123::hv1@example.org::MIGRATION of web-01 begins';
  expect(parseLogLine(text)).toEqual({
    text,
    level: 'info',
    timeMs: AT,
    source: undefined,
    entity: 'hv1@example.org',
    prefix: 'MIGRATION',
    messageAt: text.indexOf('MIGRATION'),
  });
});

it('reads what original agents write, colours and all', () => {
  const raw = `${ESCAPE}[32mINFO    ${ESCAPE}[0m::2026-11-22 10:20:30.123::utils.py:73::${ESCAPE}[33mTNArchipelVirtualMachine.migrate (uuid@example.org/hv1)${ESCAPE}[0m::MIGRATION: done`;
  const line = parseLogLine(raw);
  expect({ ...line, message: line.text.slice(line.messageAt) }).toMatchObject({
    level: 'info',
    timeMs: AT,
    source: 'utils.py:73',
    entity: 'uuid@example.org/hv1',
    prefix: 'MIGRATION',
    message: 'MIGRATION: done',
  });
});

it('reads what they send by XMPP, where the escapes are left out', () => {
  const raw =
    '[35mDEBUG   [0m::2026-11-22 10:20:30.123::utils.py:172::Traceback (most recent call last):';
  expect(parseLogLine(raw)).toMatchObject({
    text: 'DEBUG   ::2026-11-22 10:20:30.123::utils.py:172::Traceback (most recent call last):',
    level: 'debug',
    entity: undefined,
    prefix: undefined,
  });
});

it('takes the zone of the host into account', () => {
  const text = 'ERROR   ::2026-11-22 10:20:30,123::hv1::words';
  expect(parseLogLine(text, 90).timeMs).toBe(AT - 90 * 60_000);
});

it.each([
  ['', ''],
  ['::::::', '::::::'],
  ['INFO::yesterday::hv1::words', 'INFO::yesterday::hv1::words'],
  ['LOUD::2026-11-22 10:20:30::hv1::words', 'LOUD::2026-11-22 10:20:30::hv1::words'],
  [`a${ESCAPE}]0;title\u0007b\u0000c\td`, '\\x1b]0;title\\x07b\\x00c\td'.replace(/^/, 'a')],
])('shows a line that is of no known form: %j', (raw, text) => {
  expect(parseLogLine(raw)).toMatchObject({ text, level: undefined, timeMs: undefined });
});

it('counts the lines of a traceback to the line before', () => {
  const reader = new LogLineReader();
  const first = reader.read('ERROR   ::2026-11-22 10:20:30.123::hv1::STORE cannot be read');
  const second = reader.read('  File "agent.py", line 3');
  expect(second).toEqual({
    ...first,
    text: '  File "agent.py", line 3',
    source: undefined,
    messageAt: 0,
  });
});
