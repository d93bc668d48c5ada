import type { AgentParts } from './agent-parts.ts';

/** Full JID of the central agent that runs beside this hypervisor; undefined where none does. */
export function ownCentralAgent({
  configuration,
  hostname,
}: Pick<AgentParts, 'configuration' | 'hostname'>): string | undefined {
  const { central_agent_xmpp_jid: jid, central_agent_xmpp_password: password } =
    configuration.values.CENTRALAGENT;
  return password === undefined ? undefined : `${jid}/${hostname}`;
}
