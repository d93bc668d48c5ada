import { expect, it } from 'vitest';
import { describeState } from '../../../cli/logs/describe-state.ts';

const unknown = { code: 'ssh-unknown-host', host: 'atoll-01' } as const;

it('names the other ways where the SSH host of a hypervisor cannot be found', () => {
  const ways =
    'Name its address with --ssh, or have its agent tell its own log, without SSH: --via xmpp.';
  const failed = describeState('atoll-01', { name: 'failed', error: unknown }, false);
  expect(failed).toMatch(/^atoll-01: The SSH host atoll-01 cannot be found\./u);
  expect(failed?.endsWith(` ${ways}`)).toBe(true);
  const waiting = { name: 'waiting', error: unknown, retryInMs: 1500 } as const;
  expect(describeState('atoll-01', waiting, true)).toBe(`${failed} Next attempt in 2 s.`);
});

it('says nothing of another way where the host is there, nor of what goes well', () => {
  const error = { code: 'ssh-closed', address: 'atoll-01:22', detail: 'ECONNRESET' } as const;
  expect(describeState('atoll-01', { name: 'failed', error }, false)).not.toContain('--via');
  expect(describeState('atoll-01', { name: 'connecting' }, false)).toBeUndefined();
});
