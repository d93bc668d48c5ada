import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { SshAnswers } from '../../../cli/logs/ssh-answers.ts';
import { askPassword } from '../../../cli/prompt/password.ts';
import { MemoryKeychain } from '../../support/client-ports.ts';

const question = { kind: 'password', user: 'root', address: 'hv1:22', isAgain: false } as const;

function piped() {
  const terminal = { input: new PassThrough(), output: new PassThrough() };
  return { terminal, answers: new SshAnswers([], terminal, new MemoryKeychain()) };
}

it('takes the lines that follow the password of the account', async () => {
  const { terminal, answers } = piped();
  terminal.input.end('of the account\nof one\nof another');
  const account = await askPassword(terminal, '');
  const hosts = [answers.secret(question), answers.secret({ ...question, address: 'hv2:22' })];
  expect([account, ...(await Promise.all(hosts))]).toEqual([
    ...['of the account', 'of one', 'of another'],
  ]);
});

it('has no answer once all was read, however the input ended', async () => {
  const { terminal, answers } = piped();
  terminal.input.end('of the account');
  await askPassword(terminal, '');
  expect(await answers.secret(question)).toBeUndefined();
});
