import * as v from 'valibot';
import { EntityId } from '../domain/entity.ts';
import type { BareJid } from '../domain/jid.ts';
import type { AppError } from './app-error.ts';
import type { StanzaRecord } from './stanzas.ts';

/** Something that went wrong, as it is known where it was told. */
export const Failure = v.strictObject({
  error: v.custom<AppError>(isCoded),
  /** Whom it happened to. */
  entity: v.optional(EntityId),
  /** When it was told, in milliseconds since 1970. */
  at: v.optional(v.number()),
  /** The run of a command that it belongs to. */
  run: v.optional(v.pipe(v.string(), v.maxLength(100))),
});
export type Failure = v.InferOutput<typeof Failure>;

function isCoded(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
  );
}

/** A module of an agent that stands behind an error. */
export interface ExplainedModule {
  /** As section [MODULES] of the agent's configuration names it. */
  readonly id: string;
  /** The hypervisor whose agent it belongs to. */
  readonly hypervisor: string;
  readonly state: 'loaded' | 'not-loaded' | 'unknown';
  /** Why it is not loaded, in the words of the agent. */
  readonly reason?: string;
}

/** What an agent's log says of an error, the oldest line first; `error`: why it could not be read. */
export interface ExplainedLog {
  readonly hypervisor: string;
  readonly lines: readonly string[];
  readonly error?: AppError;
}

/** What stands behind an error, as far as it can be found out. Secrets are masked in all of it. */
export interface Explanation {
  /** Whom it is about. */
  readonly entity?: { readonly id: EntityId; readonly name: string; readonly jid: BareJid };
  /** What was asked for or ordered. */
  readonly action?: {
    readonly namespace: string;
    readonly name: string;
    readonly summary?: string;
  };
  /** Absent: it was not sent, or is not kept any more. */
  readonly request?: StanzaRecord;
  /** Absent: none has come, or it is not kept any more. */
  readonly answer?: StanzaRecord;
  readonly module?: ExplainedModule;
  readonly permission?: {
    readonly name: string;
    /** Who could grant it; empty where the server does not tell. */
    readonly grantedBy: readonly BareJid[];
  };
  readonly log?: ExplainedLog;
}
