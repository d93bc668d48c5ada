import path from 'node:path';
import { judgeHost } from '../../client/diagnosis/host-verdict.ts';
import { proposeProfile } from '../../client/ssh/propose-profile.ts';
import type { HostDiagnosis } from '../../core/contract/diagnosis.ts';
import type { Entity } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { profileFolder } from '../../node/platform/paths.ts';
import { askHost, type HostReport } from '../../node/ssh/agent-check.ts';
import { SshConnector } from '../../node/ssh/ssh-connector.ts';
import { parseDestination, type SshDestination } from '../../node/ssh/ssh-endpoint.ts';
import type { SshConnection } from '../../node/ssh/ssh-connection.ts';
import { SshFailureError } from '../../node/ssh/ssh-failure-error.ts';
import { SshRoutes } from '../../node/ssh/ssh-route.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import type { CliClient } from '../cli-client.ts';
import { SshAnswers } from '../logs/ssh-answers.ts';
import type { GlobalOptions } from '../with-fleet.ts';

/** What `archipel why --ssh` is given. */
export interface HostOptions {
  /** A destination, or true: as the profile of the hypervisor says. */
  readonly ssh?: string | true;
  readonly file: string;
  readonly trustHostKey?: readonly string[];
}

/** Looks on the host of a hypervisor why its agent is not there; an error is one sentence. */
export async function lookAtHost(
  cli: CliClient,
  hypervisor: Entity,
  about: BareJid,
  options: HostOptions,
  global: GlobalOptions,
): Promise<Result<HostDiagnosis, string>> {
  const destination = await destinationOf(cli, hypervisor, options.ssh);
  if (!destination) return err(`“${String(options.ssh)}” is no SSH destination.`);
  const answers = new SshAnswers(options.trustHostKey ?? []);
  const folder = global.profile ?? profileFolder();
  const connector = new SshConnector({ ownKnownHosts: path.join(folder, 'known_hosts') });
  const { file } = options;
  let connection: SshConnection | undefined;
  const common = { file, about };
  try {
    const address = await addressOf(destination);
    connection = await connector.connect(destination, answers);
    const report: HostReport = await askHost(connection, file, systemClock);
    return ok(judgeHost({ ...common, address, answer: ok(report) }));
  } catch (cause) {
    if (!(cause instanceof SshFailureError)) throw cause;
    const address = await addressOf(destination).catch(() => destination.host);
    return ok(judgeHost({ ...common, address, answer: err(cause.failure) }));
  } finally {
    await connection?.close();
  }
}

async function destinationOf(
  cli: CliClient,
  hypervisor: Entity,
  ssh: HostOptions['ssh'],
): Promise<SshDestination | undefined> {
  if (typeof ssh === 'string') return parseDestination(ssh.replaceAll('%n', hypervisor.name));
  return (await cli.profiles.saved(hypervisor.id)) ?? proposeProfile(hypervisor);
}

async function addressOf(destination: SshDestination): Promise<string> {
  const last = (await new SshRoutes().to(destination)).at(-1);
  return last ? `${last.host}:${last.port}` : destination.host;
}
