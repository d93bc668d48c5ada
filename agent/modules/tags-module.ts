import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import { TAGS_NODE } from '../../core/protocol/pubsub-nodes.ts';
import {
  normalTag,
  readTagItem,
  tags as tagActions,
  writeTagItem,
} from '../../core/protocol/tags.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { AgentEntity } from '../entities/agent-entity.ts';
import type { BelongingsKeeper } from '../entities/belongings.ts';
import { describeRefusal } from '../entities/describe-failure.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

/** The tags of an entity, which it publishes itself (protocol: overview §9). */
export function tagsModule(entity: () => AgentEntity, keeper: BelongingsKeeper): ServedGroup {
  return serve(tagActions, {
    settags: async ({ tags }) => {
      const normal = [...new Set(tags.flatMap((tag) => normalTag(tag) ?? []))];
      const published = await publish(entity(), normal);
      if (!published.ok) return published;
      const kept = await keeper.keep({ tags: normal });
      if (!kept.ok) return err({ code: 'tags-set-failed', text: kept.error });
      await retractOld(entity());
      return ok(undefined);
    },
  });
}

/** Publishes the tags where the node lost them or never had them. */
export async function restoreTags(entity: AgentEntity, keeper: BelongingsKeeper): Promise<void> {
  const { tags } = keeper.now();
  if (tags.length === 0) return;
  const found = await entity.pubsub.items(TAGS_NODE, { ids: [entity.jid] });
  if (found.ok && found.value.items.length > 0) return;
  const published = await publish(entity, tags);
  if (!published.ok) entity.logger.warning(`TAGS ${published.error.text ?? ''}`);
}

async function publish(entity: AgentEntity, tags: readonly string[]): Outcome<undefined> {
  const { jid, pubsub } = entity;
  const published = await pubsub.publish(TAGS_NODE, writeTagItem({ jid, tags }), jid);
  if (published.ok) return ok(undefined);
  const text = `The tags cannot be published: ${explain(published.error, pubsub.service)}`;
  return err({ code: 'tags-set-failed', text });
}

function explain(failure: IqFailure, service: string): string {
  if (failure.code === 'stanza-error' && failure.condition === 'item-not-found') {
    return `${service} has no node ${TAGS_NODE}; an administrator has to create it`;
  }
  return describeRefusal(failure);
}

/** Original agents give their items ids of chance, so an entity that was theirs has one to take back. */
async function retractOld({ jid, pubsub }: AgentEntity): Promise<void> {
  const all = await pubsub.items(TAGS_NODE);
  if (!all.ok) return;
  for (const { id, payload } of all.value.items) {
    const item = payload && readTagItem(payload);
    if (id !== jid && item?.ok && item.value.jid === jid) await pubsub.retract(TAGS_NODE, id);
  }
}
