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
  ].join('\n');
}

/** The configuration of a host's agent; a problem in it is a bug of the demo's. */
export function agentConfiguration(host: Host, identity: AgentIdentity): Configuration {
  const ini = new Ini(host.name);
  const added = ini.add('the demo', configurationText(host, identity));
  if (!added.ok) throw new Error(describeProblem(added.error));
  const configuration = readConfiguration(ini);
  if (!configuration.ok) throw new Error(configuration.error.join(' '));
  // Nobody reads this configuration, so nobody need be told which defaults it takes.
  return { ...configuration.value, warnings: [] };
}
