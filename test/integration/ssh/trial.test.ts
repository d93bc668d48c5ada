import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SshStreams } from '../../../main/streams/ssh/ssh-streams.ts';
import { StreamTable } from '../../../main/streams/stream-table.ts';
import type { StreamReport } from '../../../main/streams/stream-messages.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { at, PASSPHRASE, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';
const there = requirePrograms('ssh', SSH_PROGRAMS);
const WAIT_MS = 10_000;

let user: SshUser;

beforeAll(async () => {
  if (there) user = await SshUser.create();
});
afterAll(async () => {
  if (there) await user.remove();
});

/** The streams process, with main's side in the test's hands. */
async function streams(configuration: readonly string[]) {
  const { connector } = await user.connectorWith(configuration);
  const reports: StreamReport[] = [];
  const report = (one: StreamReport): void => void reports.push(one);
  const table = new StreamTable(report, new SshStreams({ report, connector }));
  const told = (kind: StreamReport['kind']) => reports.filter((one) => one.kind === kind);
  const wait = (kind: StreamReport['kind'], count = 1): Promise<void> =>
    waitFor(kind, WAIT_MS, () => told(kind).length >= count);
  const answer = (id: number, given?: boolean | string): void =>
    table.obey({ kind: 'answer-ssh', id, answer: given }, undefined);
  return { table, told, wait, answer };
}

describe.runIf(there)('the test of a profile', () => {
  it('tells each step, asks main what only the user knows, and hangs up', async () => {
    const { table, told, wait, answer } = await streams([`  IdentityFile ${user.locked}`]);
    const { port, fingerprint } = user.host;
    const address = `127.0.0.1:${port}`;
    table.obey({ kind: 'test-ssh', id: 7, target: at(port) }, undefined);
    await wait('ssh-question');
    const hostKey = { keyType: 'ssh-ed25519', fingerprint };
    const about = { kind: 'host-key', host: `[127.0.0.1]:${port}`, isKnownByAuthority: false };
    const asked = { id: 1, question: { ...about, ...hostKey } };
    expect(told('ssh-question')).toEqual([{ kind: 'ssh-question', ...asked }]);
    answer(1, true);
    await wait('ssh-question', 2);
    answer(2, PASSPHRASE);
    await wait('ssh-tested');
    const method = `key ${user.locked}`;
    expect(told('ssh-step').map((report) => 'step' in report && report.step)).toEqual([
      { name: 'connecting', address },
      { name: 'host-key', address, ...hostKey },
      { name: 'logged-in', address, user: user.host.user, method },
    ]);
    const tookMs = expect.any(Number) as number;
    expect(told('ssh-tested')).toEqual([{ kind: 'ssh-tested', id: 7, tookMs }]);
  });

  it('takes the key that is pinned without a question, and no other', async () => {
    const { table, told, wait } = await streams([`  IdentityFile ${user.plain}`]);
    const target = { ...at(user.host.port), pinnedKey: user.host.fingerprint };
    table.obey({ kind: 'test-ssh', id: 1, target }, undefined);
    await wait('ssh-tested');
    const other = { ...target, pinnedKey: 'SHA256:other' };
    table.obey({ kind: 'test-ssh', id: 2, target: other }, undefined);
    await wait('ssh-tested', 2);
    const failure = {
      code: 'ssh-host-key-refused',
      address: `127.0.0.1:${user.host.port}`,
      fingerprint: user.host.fingerprint,
    };
    const outcomes = told('ssh-tested').map((one) => 'failure' in one && one.failure);
    expect([outcomes, told('ssh-question')]).toEqual([[false, failure], []]);
  });

  it('withdraws its question when it is stopped', async () => {
    const { table, told, wait, answer } = await streams([`  IdentityFile ${user.plain}`]);
    table.obey({ kind: 'test-ssh', id: 3, target: at(user.host.port) }, undefined);
    await wait('ssh-question');
    table.obey({ kind: 'close', id: 3 }, undefined);
    await wait('ssh-tested');
    // Too late: nobody waits.
    answer(1, true);
    expect(told('ssh-question-over')).toEqual([{ kind: 'ssh-question-over', id: 1 }]);
    expect(told('ssh-tested')).toMatchObject([{ id: 3, failure: { code: 'cancelled' } }]);
  });

  it('goes through the jump host of the profile', async () => {
    const { table, told, wait, answer } = await streams([`  IdentityFile ${user.plain}`]);
    const far = await user.bench.server([
      `AuthorizedKeysFile ${user.authorized}`,
      'PasswordAuthentication no',
    ]);
    const near = `127.0.0.1:${user.host.port}`;
    const target = { ...at(far.port), jump: near };
    table.obey({ kind: 'test-ssh', id: 4, target }, undefined);
    await wait('ssh-question');
    answer(1, true);
    await wait('ssh-question', 2);
    answer(2, true);
    await wait('ssh-tested');
    const steps = told('ssh-step').flatMap((one) => ('step' in one ? [one.step] : []));
    expect(steps.filter(({ name }) => name === 'connecting')).toEqual([
      { name: 'connecting', address: near },
      { name: 'connecting', address: `127.0.0.1:${far.port}`, through: near },
    ]);
    expect(told('ssh-tested')).toMatchObject([{ id: 4 }]);
  });
});
