import { afterAll, beforeAll, expect, it } from 'vitest';
import { SshPool } from '../../../main/streams/ssh/ssh-pool.ts';
import { ManualTime } from '../../support/manual-time.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { answering, at, said, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';
const there = requirePrograms('ssh', SSH_PROGRAMS);

let user: SshUser;
const pools: SshPool[] = [];

beforeAll(async () => {
  if (there) user = await SshUser.create();
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  if (there) await user.remove();
});

/** A pool whose user trusts every key. */
async function pool() {
  const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
  const { asked, questions } = answering();
  const clock = new ManualTime();
  const made = new SshPool({ connector, questionsUntil: () => questions, clock });
  pools.push(made);
  return { pool: made, asked, clock };
}

it.runIf(there)('connects once for all that want the same host at a time', async () => {
  const { pool: shared, asked } = await pool();
  const target = at(user.host.port);
  const [one, two] = await Promise.all([shared.acquire(target), shared.acquire(target)]);
  const three = await shared.acquire(target);
  const connections = new Set([one, two, three].map(({ connection }) => connection));
  expect([connections.size, asked.keys.length]).toEqual([1, 1]);
  one.release();
  one.release();
  two.release();
  expect(await said(three.connection, 'echo still here')).toBe('still here\n');
});

it.runIf(there)('keeps a connection for 30 s after its last user, then ends it', async () => {
  const { pool: shared, clock } = await pool();
  const target = at(user.host.port);
  const first = await shared.acquire(target);
  first.release();
  await clock.pass(29_000);
  const second = await shared.acquire(target);
  expect(second.connection).toBe(first.connection);
  await clock.pass(60_000);
  expect(await said(second.connection, 'echo used')).toBe('used\n');
  second.release();
  await clock.pass(30_000);
  expect(await second.connection.closed).toBe('');
});

it.runIf(there)('connects anew where the connection was killed', async () => {
  const { pool: shared } = await pool();
  const target = at(user.host.port);
  const first = await shared.acquire(target);
  await user.host.cutConnections();
  await first.connection.closed;
  const second = await shared.acquire(target);
  expect(await said(second.connection, 'echo back')).toBe('back\n');
  first.release();
  expect(await said(second.connection, 'echo still')).toBe('still\n');
});

it.runIf(there)('ends the attempt with the last who waits for it', async () => {
  const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
  let withdrawn = 0;
  const aborters = [new AbortController(), new AbortController()];
  let wasAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => (wasAsked = resolve));
  const shared = new SshPool({
    connector,
    clock: new ManualTime(),
    questionsUntil: (signal) => ({
      secret: () => Promise.resolve(undefined),
      trustHostKey: () =>
        new Promise((resolve) => {
          wasAsked();
          signal.addEventListener('abort', () => {
            withdrawn += 1;
            resolve(undefined);
          });
        }),
    }),
  });
  const attempts = aborters.map(({ signal }) =>
    shared.acquire(at(user.host.port), signal).catch((cause: unknown) => cause),
  );
  await asked;
  aborters[0]?.abort();
  expect(await attempts[0]).toMatchObject({ failure: { code: 'cancelled' } });
  expect(withdrawn).toBe(0);
  aborters[1]?.abort();
  expect(await attempts[1]).toMatchObject({ failure: { code: 'cancelled' } });
  expect(withdrawn).toBe(1);
});
