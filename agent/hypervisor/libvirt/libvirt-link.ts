import { ok, type Result } from '../../../core/lib/result.ts';
import type { Clock } from '../../../node/xmpp/clock.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { HypervisorError, HypervisorReply } from '../hypervisor-error.ts';
import type { HypervisorFeatures, HypervisorIdentity } from '../hypervisor.ts';
import { STATISTICS_GROUPS, type StatisticsGroup } from '../statistics.ts';
import type { KeepAliveTimes } from './keep-alive.ts';
import type { LibvirtUri } from './libvirt-uri.ts';
import { readLifecycle } from './lifecycle-message.ts';
import { openChannel, type OpenOptions } from './open-channel.ts';
import { LIFECYCLE_EVENT } from './procedures.ts';
import type { RpcChannel } from './rpc-channel.ts';
import { GROUP_BITS } from './statistics-record.ts';
import { decode } from './xdr.ts';

export interface LinkOptions extends OpenOptions {
  readonly uri: LibvirtUri;
  readonly clock: Clock;
  readonly keepAlive: KeepAliveTimes;
  onEvent(event: DomainEvent): void;
  /** Called once when a link that was made is over. */
  onLost(error: HypervisorError): void;
}

/** The two connections to one daemon, which live and die together. */
export interface Link {
  /** Short calls. */
  readonly queries: RpcChannel;
  /** Events, and calls that can take long. */
  readonly events: RpcChannel;
  readonly identity: HypervisorIdentity;
  readonly features: HypervisorFeatures;
}

/** The lifecycle events' number in `virDomainEventID`. */
const LIFECYCLE_ID = 0;

/** Nothing is both running and shut off, so these filters make the daemon judge the groups without work. */
const NO_DOMAIN = 16 | 64;
const ENFORCE_GROUPS = 2 ** 31;

/** Makes both connections, learns who is there and what it can, and asks for its events. */
export async function openLink(options: LinkOptions): Promise<Result<Link, HypervisorError>> {
  const parts: RpcChannel[] = [];
  let isMade = false;
  const onClosed = (error: HypervisorError): void => {
    for (const part of parts.splice(0)) part.close(messageOf(error));
    if (isMade) options.onLost(error);
    isMade = false;
  };
  const open = (onMessage: (procedure: number, payload: Uint8Array) => void) =>
    openChannel(options.uri, options, { ...options, onMessage, onClosed });
  const giveUp = <E extends { readonly ok: false; readonly error: HypervisorError }>(why: E): E => {
    onClosed(why.error);
    return why;
  };

  const queries = await open(() => undefined);
  if (!queries.ok) return queries;
  parts.push(queries.value);
  const events = await open((procedure, payload) => tellEvent(options, procedure, payload));
  if (!events.ok) return giveUp(events);
  parts.push(events.value);
  const identity = await identify(queries.value);
  if (!identity.ok) return giveUp(identity);
  const statistics = await findGroups(queries.value);
  const registered = await events.value.call('connectDomainEventCallbackRegisterAny', {
    event: LIFECYCLE_ID,
    domain: undefined,
  });
  if (!registered.ok && registered.error.code === 'disconnected') return giveUp(registered);
  isMade = true;
  return ok({
    queries: queries.value,
    events: events.value,
    identity: identity.value,
    features: { events: registered.ok, statistics },
  });
}

function tellEvent(options: LinkOptions, procedure: number, payload: Uint8Array): void {
  if (procedure !== LIFECYCLE_EVENT.number) return;
  const message = decode(LIFECYCLE_EVENT.message, payload);
  const event = message.ok ? readLifecycle(message.value) : undefined;
  if (event !== undefined) options.onEvent(event);
}

async function identify(channel: RpcChannel): HypervisorReply<HypervisorIdentity> {
  const [uri, hostname, driver, driverVersion, libvirtVersion] = await Promise.all([
    channel.call('connectGetUri', undefined),
    channel.call('connectGetHostname', undefined),
    channel.call('connectGetType', undefined),
    channel.call('connectGetVersion', undefined),
    channel.call('connectGetLibVersion', undefined),
  ]);
  if (!uri.ok) return uri;
  if (!hostname.ok) return hostname;
  if (!driver.ok) return driver;
  if (!driverVersion.ok) return driverVersion;
  if (!libvirtVersion.ok) return libvirtVersion;
  return ok({
    uri: uri.value.text,
    hostname: hostname.value.text,
    driver: driver.value.text,
    driverVersion: Number(driverVersion.value.version),
    libvirtVersion: Number(libvirtVersion.value.version),
  });
}

/** Which groups of bulk statistics the driver has. */
async function findGroups(channel: RpcChannel): Promise<readonly StatisticsGroup[]> {
  const found = await Promise.all(
    STATISTICS_GROUPS.map((group) =>
      channel.call('connectGetAllDomainStats', {
        domains: [],
        groups: GROUP_BITS[group],
        flags: NO_DOMAIN + ENFORCE_GROUPS,
      }),
    ),
  );
  return STATISTICS_GROUPS.filter((_, at) => found[at]?.ok === true);
}

function messageOf(error: HypervisorError): string {
  return error.message;
}
