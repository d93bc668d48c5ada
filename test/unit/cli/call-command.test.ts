import { expect, it } from 'vitest';
import { exitOf } from '../../../cli/commands/call-command.ts';
import { EXIT } from '../../../cli/exit-code.ts';
import type { AppError } from '../../../core/contract/app-error.ts';

const silence: AppError = { code: 'timed-out', entity: 'web-01', seconds: 20 };
const refusal: AppError = { code: 'denied', entity: 'web-01', permission: 'destroy' };

it('says of an order without an answer that nobody knows, and of a refusal that it failed', () => {
  expect(exitOf('set', silence)).toBe(EXIT.unknown);
  expect(exitOf('set', { code: 'outcome-unknown', entity: 'web-01' })).toBe(EXIT.unknown);
  expect(exitOf('set', refusal)).toBe(EXIT.failed);
});

it('says of a question without an answer that it failed', () => {
  expect(exitOf('get', silence)).toBe(EXIT.failed);
});
