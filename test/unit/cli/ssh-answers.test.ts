import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
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

it('trusts no key of a host once a terminal was read to its end, and says how it is trusted', async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const terminal = { input, output: new PassThrough() };
  const asked = { host: 'hv1', keyType: 'ssh-ed25519', fingerprint: 'SHA256:abc' };
  const answers = new SshAnswers([], terminal, new MemoryKeychain());
  const atTerminal = answers.trustHostKey({ ...asked, isKnownByAuthority: false });
  input.write('yes\n');
  expect(await atTerminal).toBe(true);
  terminal.output.read();
  await finished(input.end().resume());
  expect(await answers.trustHostKey({ ...asked, isKnownByAuthority: false })).toBe(false);
  expect(String(terminal.output.read())).toBe(
    'hv1 is not known. Its key (ssh-ed25519) is SHA256:abc. If it is right, give --trust-host-key SHA256:abc\n',
  );
});

it('has no answer once all was read, however the input ended', async () => {
  const { terminal, answers } = piped();
  terminal.input.end('of the account');
  await askPassword(terminal, '');
  expect(await answers.secret(question)).toBeUndefined();
});
