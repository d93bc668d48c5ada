import { randomBytes } from 'node:crypto';
import {
  type Configuration,
  describeProblem,
  readConfiguration,
} from '../../agent/configuration/configuration.ts';
import { Ini } from '../../agent/configuration/ini.ts';
import type { Host } from '../world/world.ts';

/** What an agent of the demo is told, in the form in which every agent is. */
export interface AgentIdentity {
  readonly domain: string;
  readonly password: string;
  readonly organisation: string;
  readonly admin: string;
}

/** Where the central agent of the demo is found. */
export const CENTRAL_AGENT = { node: 'centralagent', machine: 'tower' } as const;

function configurationText(host: Host, identity: AgentIdentity): string {
  return [
    '[DEFAULT]',
    `xmpp_server = ${identity.domain}`,
    '[GLOBAL]',
    `archipel_root_admins = ${identity.admin}`,
    'machine_ip = 127.0.0.1',
    '[VCARD]',
    `orgname = ${identity.organisation}`,
    'orgunit = Infrastructure',
    `locality = ${host.site}`,
    `userid = ${identity.admin}`,
    `categories = ${host.tags.join(', ')}`,
    '[HYPERVISOR]',
    `hypervisor_xmpp_jid = ${host.name}@${identity.domain}`,
    `hypervisor_xmpp_password = ${identity.password}`,
    `hypervisor_default_avatar = ${host.name}.png`,
    '[MODULES]',
    'hypervisor_health = True',
    'vnc = True',
    'xmppserver = True',
    '[XMPPSERVER]',
    `central_agent = ${CENTRAL_AGENT.node}@${identity.domain}/${CENTRAL_AGENT.machine}`,
  ].join('\n');
}

/** The configuration of a host's agent. */
export function agentConfiguration(host: Host, identity: AgentIdentity): Configuration {
  return configurationFrom(host.name, configurationText(host, identity));
}

/** The configuration of the central agent. */
export function centralAgentConfiguration(its: {
  readonly domain: string;
  readonly admin: string;
  readonly hypervisors: readonly string[];
}): Configuration {
  const text = [
    '[DEFAULT]',
    `xmpp_server = ${its.domain}`,
    '[GLOBAL]',
    `archipel_root_admins = ${its.admin}`,
    '[HYPERVISOR]',
    'hypervisor_xmpp_password = none, no hypervisor runs with this',
    '[CENTRALAGENT]',
    `central_agent_xmpp_jid = ${CENTRAL_AGENT.node}@${its.domain}`,
    `central_agent_xmpp_password = ${randomBytes(24).toString('base64url')}`,
    `central_agent_hypervisors = ${its.hypervisors.join(' ')}`,
  ];
  return configurationFrom(CENTRAL_AGENT.machine, text.join('\n'));
}

/** A problem in a configuration is a bug of the demo's. */
function configurationFrom(hostname: string, text: string): Configuration {
  const ini = new Ini(hostname);
  const added = ini.add('the demo', text);
  if (!added.ok) throw new Error(describeProblem(added.error));
  const configuration = readConfiguration(ini);
  if (!configuration.ok) throw new Error(configuration.error.join(' '));
  // Nobody reads this configuration, so nobody need be told which defaults it takes.
  return { ...configuration.value, warnings: [] };
}
