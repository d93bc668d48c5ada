import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../../agent/entities/describe-failure.ts';
import { loggerFor } from '../../../../agent/log/logger.ts';
import { judgeHost } from '../../../../client/diagnosis/host-verdict.ts';
import type { AppError } from '../../../../core/contract/app-error.ts';
import type { HostDiagnosis } from '../../../../core/contract/diagnosis.ts';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import type { HostReport } from '../../../../node/ssh/agent-check.ts';
import type { SessionFailure } from '../../../../node/xmpp/session-failure.ts';

const ATOLL = 'atoll@example.org' as BareJid;
const ADDRESS = 'atoll:22';
const FILE = '/var/log/archipel/archipel.log';
const NOON = new Date('2026-05-01T12:00:00Z');
const RUNS = '  812  3600 node /usr/bin/archipel-agent --config /etc/archipel/archipel.conf';

/** Lines as our agent writes them, a second apart, the last at noon by the host's own clock. */
function written(
  write: (
    log: ReturnType<typeof loggerFor>,
    of: (jid: string) => ReturnType<typeof loggerFor>,
  ) => void,
): string {
  const lines: string[] = [];
  const zone = NOON.getTimezoneOffset() * 60_000;
  const of = (jid: string) =>
    loggerFor(
      jid,
      'debug',
      (line) => lines.push(line),
      () => new Date(NOON.getTime() + zone),
    );
  write(of(ATOLL), of);
  return lines.join('\n');
}

function host(told: Partial<HostReport> = {}): HostReport {
  const seconds = String(NOON.getTime() / 1000);
  return {
    ...{ clock: `${seconds} +0000`, units: '', processes: RUNS },
    ...{ logState: 'read', log: '', journal: '' },
    ...told,
  };
}

function judge(told: Partial<HostReport>, about = ATOLL): HostDiagnosis {
  return judgeHost({ address: ADDRESS, file: FILE, about, answer: ok(host(told)) });
}

const failing = (failure: SessionFailure): string =>
  written((log) => {
    log.info('AGENT 0.1.0 starts');
    log.error(`XMPP cannot log in as ${ATOLL}: ${describeFailure(failure)}`);
  });

describe('a host that cannot be asked', () => {
  const cases: readonly [string, AppError, HostDiagnosis['cause']['name']][] = [
    ['has an unknown name', { code: 'ssh-unknown-host', host: 'atoll' }, 'host-down'],
    [
      'does not answer',
      { code: 'ssh-timed-out', address: ADDRESS, phase: 'connect', seconds: 10 },
      'host-down',
    ],
    [
      'is cut off',
      { code: 'ssh-unreachable', address: ADDRESS, detail: 'EHOSTUNREACH' },
      'host-down',
    ],
    [
      'refuses the connection',
      { code: 'ssh-unreachable', address: ADDRESS, detail: 'ECONNREFUSED' },
      'ssh-port-closed',
    ],
    [
      'is behind a jump host that is down',
      { code: 'ssh-unreachable', address: 'bastion:22', detail: 'EHOSTUNREACH' },
      'host-unseen',
    ],
    [
      'lets nobody in',
      { code: 'ssh-denied', address: ADDRESS, user: 'ada', tried: [], offered: ['publickey'] },
      'host-unseen',
    ],
    [
      'takes too long to let somebody in',
      { code: 'ssh-timed-out', address: ADDRESS, phase: 'authentication', seconds: 20 },
      'host-unseen',
    ],
  ];
  it.each(cases)('%s', (_, error, expected) => {
    const found = judgeHost({ address: ADDRESS, file: FILE, about: ATOLL, answer: err(error) });
    expect(found.cause.name).toBe(expected);
    expect(found.checks).toHaveLength(1);
  });
});

describe('a host that was asked', () => {
  it('says that nobody runs the agent, with its unit and the error it left', () => {
    const units = [
      'Id=archipel-agent.service\nLoadState=loaded\nActiveState=failed\nSubState=failed',
      'Result=exit-code\nNRestarts=0\nExecMainStatus=2\nId=archipel.service\nLoadState=not-found',
    ].join('\n');
    const log = written((of) => of.error('CONFIGURATION xmpp_server is missing'));
    const processes = '  77  12 vim /usr/bin/archipel-agent.mjs\n  78  0 grep -E archipel-agent';
    const found = judge({ units, log, processes });
    const unit = {
      ...{ name: 'archipel-agent.service', active: 'failed', sub: 'failed' },
      ...{ result: 'exit-code', restarts: 0, exitStatus: 2 },
    };
    const line = expect.stringMatching(/xmpp_server is missing$/) as string;
    expect(found).toEqual({
      checks: [
        { name: 'host-port', outcome: 'good', address: ADDRESS },
        { name: 'host-login', outcome: 'good', address: ADDRESS },
        { name: 'agent-process', outcome: 'bad', running: 0, starts: 0, unit },
        { name: 'agent-log', outcome: 'bad', place: FILE, state: 'read', lines: [line] },
      ],
      cause: { name: 'agent-stopped', unit, line },
    });
  });

  it('knows an agent that ends again and again by its unit', () => {
    const units =
      'Id=archipel-agent.service\nLoadState=loaded\nActiveState=activating\nSubState=auto-restart\nResult=exit-code\nNRestarts=41\nExecMainStatus=70';
    const { cause } = judge({ units, processes: '' });
    expect(cause).toEqual({ name: 'agent-crashing', times: 41 });
  });

  it('knows an agent that ends again and again by its log, where there is no systemd', () => {
    const log = written((of) => {
      for (let start = 0; start < 4; start += 1) {
        of.info('AGENT 0.1.0 starts');
        of.error('AGENT ends because of a bug: boom');
      }
    });
    const { cause } = judge({ log });
    const line = expect.stringContaining('boom') as string;
    expect(cause).toEqual({ name: 'agent-crashing', times: 4, line });
    const later = `${NOON.getTime() / 1000 + 3600} +0000`;
    expect(judge({ log, clock: later }).cause.name).toBe('agent-silent');
  });

  const refused: readonly SessionFailure[] = [
    { code: 'not-authorized', condition: 'not-authorized', text: '' },
    { code: 'password-missing' },
    { code: 'no-mechanism', offered: ['EXTERNAL'] },
    { code: 'registration-refused', condition: 'conflict', text: '' },
  ];
  it.each(refused)('knows that the server refuses the agent: $code', (failure) => {
    const { cause } = judge({ log: failing(failure) });
    expect(cause).toEqual({
      name: 'agent-refused',
      line: expect.stringContaining(failure.code) as string,
    });
  });

  const cutOff: readonly SessionFailure[] = [
    { code: 'host-not-found', host: 'example.org' },
    { code: 'no-service', domain: 'example.org' },
    { code: 'host-unreachable', host: 'example.org', port: 5222, detail: 'ECONNREFUSED' },
    { code: 'connect-timeout', host: 'example.org', port: 5222 },
    { code: 'tls-not-offered' },
    { code: 'tls-failed', detail: 'wrong version number' },
    { code: 'no-answer' },
    { code: 'link-closed' },
  ];
  it.each(cutOff)('knows that the agent does not reach the server: $code', (failure) => {
    expect(judge({ log: failing(failure) }).cause.name).toBe('agent-cut-off');
  });

  it('takes no failure for the cause that the agent has got over, or that was before it started', () => {
    const over = `${failing({ code: 'no-answer' })}\n${written((log) => log.info(`XMPP online as ${ATOLL}/hv`))}`;
    const before = `${failing({ code: 'no-answer' })}\n${written((log) => log.info('AGENT 0.1.0 starts'))}`;
    expect([judge({ log: over }).cause, judge({ log: before }).cause]).toEqual([
      { name: 'agent-silent' },
      { name: 'agent-silent' },
    ]);
  });

  it('reads the journal where the agent writes to that', () => {
    const journal = failing({ code: 'password-missing' });
    const found = judge({ logState: 'missing', journal });
    expect(found.cause.name).toBe('agent-refused');
    expect(found.checks.at(-1)).toMatchObject({ place: 'journalctl -u archipel-agent' });
  });

  it('tells whose log-in went wrong where it is about one of its machines', () => {
    const machine = '11111111-2222-4333-8444-555555555555@example.org' as BareJid;
    const log = written((own, of) => {
      own.info(`XMPP online as ${ATOLL}/hv`);
      of(machine).error(`XMPP cannot log in as ${machine}: not-authorized`);
    });
    expect([judge({ log }).cause.name, judge({ log }, machine).cause.name]).toEqual([
      'agent-silent',
      'agent-refused',
    ]);
  });

  it('masks secrets and cuts what is too long', () => {
    const log = written((of) => {
      of.error(`login failed with password="hunter two" and token: abc`);
      of.error('x'.repeat(5000));
    });
    const [, , , check] = judge({ log }).checks;
    const lines = check?.name === 'agent-log' ? check.lines : [];
    expect(lines[0]).toMatch(/password=… and token: …$/);
    expect(lines[1]).toHaveLength(300);
  });

  it('says that it may not read the log, or that there is none', () => {
    const states = ['denied', 'missing', 'nonsense'].map((logState) =>
      judge({ logState }).checks.at(-1),
    );
    const unread = { name: 'agent-log', outcome: 'unknown', place: FILE, lines: [] };
    expect(states).toEqual(['denied', 'missing', 'missing'].map((state) => ({ ...unread, state })));
  });
});
