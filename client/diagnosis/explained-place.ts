import type { AppError } from '../../core/contract/app-error.ts';
import type { Entity } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import type { AskOptions } from '../requests/request-engine.ts';

/** What an explanation asks through the account that met the error. */
export interface ExplanationLink {
  ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
    options: AskOptions,
  ): Promise<Result<Reply, AppError>>;
  administrators(): Promise<readonly BareJid[]>;
}

/** What the request was that went wrong. */
export interface ExplainedPlace {
  /** Whom it went to. */
  readonly entity: Entity;
  readonly namespace: string | undefined;
  readonly action: string | undefined;
  readonly stanzaId: string | undefined;
}
