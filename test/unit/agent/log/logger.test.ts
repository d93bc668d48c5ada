import { expect, it } from 'vitest';
import { loggerFor } from '../../../../agent/log/logger.ts';

it('writes what others say so that a terminal does not obey it, each message in one line', () => {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const logger = loggerFor('web\u001b[2J', 'info', write, () => new Date(0));
  logger.info('one\r\ntwo \u001b]52;c;aGk=\u0007 \u009b1m é');
  expect(lines.map((line) => line.split('::').slice(2))).toEqual([
    ['web\\x1b[2J', 'one | two \\x1b]52;c;aGk=\\x07 \\x9b1m é'],
  ]);
});
