import {
  ADMINS_NODE,
  ADMINS_NODE_CONFIGURATION,
  ROLES_NODE,
  ROLES_NODE_CONFIGURATION,
  TAGS_NODE,
  TAGS_NODE_CONFIGURATION,
} from '../../core/protocol/pubsub-nodes.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Pubsub } from '../../node/xmpp/pubsub.ts';
import type { Logger } from '../log/logger.ts';
import { describeRefusal } from './describe-failure.ts';

const NODES = [
  [TAGS_NODE, TAGS_NODE_CONFIGURATION],
  [ROLES_NODE, ROLES_NODE_CONFIGURATION],
  [ADMINS_NODE, ADMINS_NODE_CONFIGURATION],
] as const;

/** Makes the nodes that the whole platform shares where they are missing, and gives them to its administrators. */
export async function makeSharedNodes(
  pubsub: Pubsub,
  administrators: readonly BareJid[],
  logger: Logger,
): Promise<void> {
  for (const [node, configuration] of NODES) {
    const created = await pubsub.create(node, configuration);
    if (created.ok) {
      logger.info(`PUBSUB made the node ${node}`);
      const owners = new Map(administrators.map((jid) => [jid, 'owner'] as const));
      const given = owners.size > 0 ? await pubsub.setAffiliations(node, owners) : created;
      if (!given.ok) {
        logger.warning(`PUBSUB could not give ${node} to the administrators`);
      }
    } else if (!('condition' in created.error) || created.error.condition !== 'conflict') {
      const why = describeRefusal(created.error);
      logger.info(
        `PUBSUB could not make ${node}, an administrator has to unless it exists: ${why}`,
      );
    }
  }
}
