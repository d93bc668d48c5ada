import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { EntityId } from '../../core/domain/entity.ts';
import { BareJid } from '../../core/domain/jid.ts';

/** `acknowledged`: the entity said yes. `unknown`: it may have acted, and has to be asked. */
const JournalState = v.picklist(['sent', 'acknowledged', 'done', 'failed', 'unknown']);
type JournalState = v.InferOutput<typeof JournalState>;

/** One order given to an entity, and what is known of its outcome. Secrets are masked in it. */
export const JournalEntry = v.strictObject({
  id: v.string(),
  /** Of the iq that carried it, by which the entity can be asked what became of it. */
  stanzaId: v.optional(v.string()),
  account: BareJid,
  jid: BareJid,
  namespace: v.string(),
  action: v.string(),
  input: v.unknown(),
  /** What was so before, where only that tells whether anything happened. */
  baseline: v.optional(v.unknown()),
  /** The run of a command that it belongs to. */
  run: v.optional(v.string()),
  subject: v.optional(EntityId),
  state: JournalState,
  /** Nothing more can be found out. */
  isFinal: v.optional(v.boolean()),
  /** When it was sent, in milliseconds since 1970. */
  sentAt: v.number(),
  error: v.optional(v.custom<AppError>((value) => isCoded(value))),
});
export type JournalEntry = v.InferOutput<typeof JournalEntry>;

/** Whether the outcome is still to be found out. */
export function isOpen({ state, isFinal }: JournalEntry): boolean {
  return isFinal !== true && state !== 'done' && state !== 'failed';
}

function isCoded(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'code' in value;
}
