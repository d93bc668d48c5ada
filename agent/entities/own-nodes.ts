import type { BareJid } from '../../core/domain/jid.ts';
import type { Pubsub } from '../../node/xmpp/pubsub.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { Logger } from '../log/logger.ts';
import { describeRefusal } from './describe-failure.ts';

/** What became of a node that bears an entity's name; `foreign` where somebody else owns it. */
export type NodeFate = 'foreign' | 'made' | 'refused' | 'there';

/**
 * Makes a node that bears an entity's name, unless it is there. Who owns it is asked first: most are
 * there, and this question is a tenth as long as the order that makes one, which comes back whole
 * when it is refused.
 */
export async function settleNode(
  pubsub: Pubsub,
  jid: BareJid,
  node: string,
  configuration: Readonly<Record<string, string>>,
  logger: Logger,
): Promise<NodeFate> {
  const whose = await ownerOf(pubsub, node, jid);
  if (whose === 'own') return 'there';
  // Some services say of a node that is not there that its owner is not told.
  const created = await pubsub.create(node, configuration);
  if (created.ok) return 'made';
  if (conditionOf(created.error) === 'conflict') return whose === 'foreign' ? 'foreign' : 'there';
  const why = describeRefusal(created.error);
  logger.warning(`PUBSUB could not create ${node}, so nothing is pushed: ${why}`);
  return 'refused';
}

/** Only owners are told who owns a node (XEP-0060 §8.9.1): who made it can push in its name. */
async function ownerOf(
  pubsub: Pubsub,
  node: string,
  jid: BareJid,
): Promise<'foreign' | 'own' | 'unknown'> {
  const affiliations = await pubsub.affiliations(node);
  if (affiliations.ok) return affiliations.value.get(jid) === 'owner' ? 'own' : 'foreign';
  return conditionOf(affiliations.error) === 'forbidden' ? 'foreign' : 'unknown';
}

function conditionOf(failure: IqFailure): string | undefined {
  return 'condition' in failure ? failure.condition : undefined;
}

/** What is wrong with nodes of others, and what helps, for the log and for who administers. */
export function foreignNodesText(nodes: readonly string[], service: string): string {
  return (
    `Somebody else owns ${nodes.join(' and ')} on ${service} and can push in my name. ` +
    `Have an administrator of the server delete ${nodes.length === 1 ? 'it' : 'them'}, then restart the agent.`
  );
}
