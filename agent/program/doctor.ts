import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { connectionFacts } from '../../core/messages/en/connection-facts.ts';
import {
  ADMINS_NODE,
  EVENTS_NODE_CONFIGURATION,
  ROLES_NODE,
  TAGS_NODE,
  eventsNode,
} from '../../core/protocol/pubsub-nodes.ts';
import { parseJid } from '../../core/domain/jid.ts';
import { Pubsub } from '../../node/xmpp/pubsub.ts';
import { XmppSession } from '../../node/xmpp/session.ts';
import type { Configuration, Values } from '../configuration/configuration.ts';
import { describeFailure, describeRefusal } from '../entities/describe-failure.ts';
import type { Logger } from '../log/logger.ts';
import { hypervisorOf, reachOf } from './surroundings.ts';

/** What one check found; the remedy is one sentence. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly detail: string;
  readonly remedy?: string;
}

/** Checks what an agent with this configuration needs, one finding after the other. */
export async function* examine(configuration: Configuration): AsyncGenerator<Finding> {
  const { values, warnings, modules } = configuration;
  const detail = `${warnings.length} tokens missing or unknown, defaults stand in for them`;
  yield { what: 'configuration', state: 'ok', detail };
  for (const { id, reason } of modules.filter(({ isLoaded }) => !isLoaded)) {
    yield { what: `module ${id}`, state: 'warning', detail: reason ?? 'not loaded' };
  }
  yield await folder('store_folder', values.STORE.store_folder);
  yield await folder('vm_base_path', values.VIRTUALMACHINE.vm_base_path);
  yield await libvirt(values);
  yield* server(values);
}

/** A finding as one line, the remedy at its end. */
export function findingLine({ what, state, detail, remedy }: Finding): string {
  const end = remedy === undefined ? '' : ` — ${remedy}`;
  return `${state.padEnd(8)}${what}: ${detail}${end}`;
}

async function folder(token: string, path: string): Promise<Finding> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
    return { what: token, state: 'ok', detail: `${path} can be written` };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const remedy = `Make the folder writable for the agent, or set ${token} to another one.`;
    return { what: token, state: 'failed', detail, remedy };
  }
}

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warning: () => undefined,
  error: () => undefined,
};

async function libvirt(values: Values): Promise<Finding> {
  const what = `libvirt ${values.GLOBAL.libvirt_uri}`;
  const hypervisor = hypervisorOf(values, silent);
  if (!hypervisor.ok) {
    const remedy = 'Correct libvirt_uri in section [GLOBAL].';
    return { what, state: 'failed', detail: hypervisor.error, remedy };
  }
  const connected = await hypervisor.value.connect();
  await hypervisor.value.close();
  if (connected.ok) {
    const { driver, hostname } = connected.value;
    return { what, state: 'ok', detail: `${driver} on ${hostname}` };
  }
  const remedy = 'Start libvirtd, and let the agent’s user open its socket (group libvirt).';
  return { what, state: 'failed', detail: connected.error.message, remedy };
}

async function* server(values: Values): AsyncGenerator<Finding> {
  const { hypervisor_xmpp_jid: jid, hypervisor_xmpp_password: password } = values.HYPERVISOR;
  const what = `XMPP ${jid}`;
  const reach = await reachOf(values);
  if (!reach.ok) {
    const remedy = 'Correct xmpp_ca_file or remove it.';
    yield { what, state: 'failed', detail: reach.error, remedy };
    return;
  }
  const session = new XmppSession({
    ...reach.value,
    jid,
    password: async () => password,
    resource: 'doctor',
    reconnect: { maxDelayMs: 0 },
  });
  const online = await session.connect();
  if (!online.ok) {
    yield {
      what,
      state: 'failed',
      detail: describeFailure(online.error),
      remedy: loginRemedy(online.error.code),
    };
    return;
  }
  const facts = session.facts;
  yield {
    what,
    state: 'ok',
    detail: connectionFacts(facts?.host ?? '', facts?.tlsVersion ?? '', facts?.mechanism ?? ''),
  };
  yield* nodes(new Pubsub(session, values.GLOBAL.xmpp_pubsub_server), jid);
  await session.disconnect();
}

function loginRemedy(code: string): string {
  switch (code) {
    case 'not-authorized':
      return 'Check the password; an account that is missing is registered when the agent starts, if the server allows that.';
    case 'certificate':
      return 'Set xmpp_ca_file to the authority’s certificate, or xmpp_fingerprint to the certificate’s.';
    case 'host-not-found':
    case 'no-service':
      return 'Set xmpp_host and xmpp_port in section [GLOBAL], or the SRV records of the domain.';
    default:
      return 'Check that the server runs and can be reached from here.';
  }
}

async function* nodes(pubsub: Pubsub, account: string): AsyncGenerator<Finding> {
  for (const node of [TAGS_NODE, ROLES_NODE, ADMINS_NODE]) {
    const read = await pubsub.items(node);
    const remedy = 'An administrator has to create it (docs/platform.md).';
    yield read.ok
      ? { what: node, state: 'ok', detail: `${read.value.items.length} items` }
      : { what: node, state: 'warning', detail: describeRefusal(read.error), remedy };
  }
  const jid = parseJid(account)?.bare;
  if (!jid) return;
  const node = eventsNode(jid);
  const made = await pubsub.create(node, EVENTS_NODE_CONFIGURATION);
  const isThere = !made.ok && 'condition' in made.error && made.error.condition === 'conflict';
  const remedy =
    'Let the server’s accounts create pubsub nodes (docs/platform.md); nothing is pushed otherwise.';
  yield made.ok || isThere
    ? { what: node, state: 'ok', detail: 'exists' }
    : { what: node, state: 'failed', detail: describeRefusal(made.error), remedy };
}
