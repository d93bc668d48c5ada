import * as v from 'valibot';
import type { EntityId } from '../domain/entity.ts';
import type { AppError } from './app-error.ts';
import { call, event, reply } from './define.ts';

/** Something worth telling, kept in the history until it is cleared. */
export interface Notice {
  readonly id: number;
  readonly at: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly hint?: string;
  readonly entity?: EntityId;
  readonly error?: AppError;
  readonly run?: string;
}

export const notices = {
  list: call(v.undefined(), reply<readonly Notice[]>()),
  clear: call(v.undefined(), reply<undefined>()),
  added: event<Notice>(),
};
