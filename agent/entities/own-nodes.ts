import type { BareJid } from '../../core/domain/jid.ts';
import type { Pubsub } from '../../node/xmpp/pubsub.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { Logger } from '../log/logger.ts';
import { describeRefusal } from './describe-failure.ts';

/** Makes a node that bears an entity's name, unless it is there. */
export async function makeNode(
  pubsub: Pubsub,
  node: string,
  configuration: Readonly<Record<string, string>>,
  logger: Logger,
): Promise<'made' | 'refused' | 'there'> {
  const created = await pubsub.create(node, configuration);
  if (created.ok) return 'made';
  if (conditionOf(created.error) === 'conflict') return 'there';
  const why = describeRefusal(created.error);
  logger.warning(`PUBSUB could not create ${node}, so nothing is pushed: ${why}`);
  return 'refused';
}

/** Those of an entity's nodes that belong to somebody else: who made them can push in its name. */
export async function foreignNodes(
  pubsub: Pubsub,
  jid: BareJid,
  nodes: readonly string[],
): Promise<readonly string[]> {
  const foreign: string[] = [];
  for (const node of nodes) if (await isForeign(pubsub, node, jid)) foreign.push(node);
  return foreign;
}

/** Only owners are told who owns a node (XEP-0060 §8.9.1). */
async function isForeign(pubsub: Pubsub, node: string, jid: BareJid): Promise<boolean> {
  const affiliations = await pubsub.affiliations(node);
  if (affiliations.ok) return affiliations.value.get(jid) !== 'owner';
  return conditionOf(affiliations.error) === 'forbidden';
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
