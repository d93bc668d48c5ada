import { expect, it } from 'vitest';
import { connectionState } from '../../../../client/accounts/connection-state.ts';
import type { AppError } from '../../../../core/contract/app-error.ts';
import { describeError } from '../../../../core/messages/en/errors.ts';
import type { SessionFailure } from '../../../../node/xmpp/session-failure.ts';
import { ACCOUNT } from '../application-fixture.ts';

const certificate = {
  fingerprint: 'AA:BB',
  subject: 'CN=example.org',
  issuer: 'CN=example.org',
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2027-01-01T00:00:00Z',
  names: ['example.org'],
};

const FAILURES: readonly (readonly [failure: SessionFailure, error: Partial<AppError>])[] = [
  [
    { code: 'host-not-found', host: 'h' },
    { code: 'unknown-host', host: 'h' },
  ],
  [
    { code: 'no-service', domain: 'd' },
    { code: 'unknown-host', host: 'd' },
  ],
  [
    { code: 'host-unreachable', host: 'h', port: 1, detail: 'ECONNREFUSED' },
    { code: 'unreachable', address: 'h:1', detail: 'ECONNREFUSED' },
  ],
  [
    { code: 'connect-timeout', host: 'h', port: 1 },
    { code: 'unreachable', detail: 'ETIMEDOUT' },
  ],
  [{ code: 'tls-not-offered' }, { code: 'tls-refused', address: 'example.org' }],
  [
    { code: 'tls-failed', detail: 'x' },
    { code: 'tls-failed', detail: 'x' },
  ],
  [
    { code: 'certificate', problem: 'revoked', certificate },
    { code: 'certificate', problem: 'unknown-authority', domain: 'example.org' },
  ],
  [
    { code: 'certificate', problem: 'self-signed', certificate },
    { code: 'certificate', problem: 'self-signed' },
  ],
  [{ code: 'password-missing' }, { code: 'password-needed', jid: ACCOUNT }],
  [
    { code: 'not-authorized', condition: 'not-authorized', text: '' },
    { code: 'not-authorized', jid: ACCOUNT },
  ],
  [
    { code: 'no-mechanism', offered: ['X'] },
    { code: 'mechanism-missing', offered: ['X'] },
  ],
  [
    { code: 'mechanism-downgraded', remembered: 'SCRAM-SHA-256', offered: ['PLAIN'] },
    { code: 'mechanism-downgraded', seen: 'SCRAM-SHA-256', offered: 'PLAIN' },
  ],
  [{ code: 'server-not-verified', detail: '' }, { code: 'server-not-proved' }],
  [
    { code: 'bind-refused', condition: 'conflict' },
    { code: 'stream', condition: 'conflict' },
  ],
  [
    { code: 'stream-malformed', detail: 'too-large' },
    { code: 'stream', condition: 'too-large' },
  ],
  [{ code: 'no-answer' }, { code: 'unreachable', address: 'example.org' }],
  [{ code: 'link-closed' }, { code: 'unreachable', detail: 'ECONNRESET' }],
];

it.each(FAILURES)('says of %j what keeps the account from being online', (reason, error) => {
  const state = connectionState({ kind: 'failed', reason }, undefined, ACCOUNT, 0);
  expect(state).toEqual({ name: 'failed', error: expect.objectContaining(error) as unknown });
  if (state.name !== 'failed') throw new Error(state.name);
  const { title, hint } = describeError(state.error);
  expect([title, hint].every((text) => /^\S.*[.)]$/u.test(text.trim()))).toBe(true);
});

it('quotes an entity that refused beside what the refusal means', () => {
  const notice = describeError({
    code: 'refused',
    entity: 'web',
    namespace: 'archipel:vm:control',
    action: 'create',
    class: 'libvirt',
    number: 38,
    text: 'no space left',
    meaning: 'libvirt-error',
  });
  expect(notice.hint).toContain('web says: “no space left”');
});
