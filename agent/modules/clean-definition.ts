import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import {
  credentialsIn,
  credentialsOf,
  mayHoldCredentials,
} from '../../core/xml/domain/credentials.ts';
import { cleanedText, parseDefinition } from '../machines/definition.ts';
import { libvirtFailure } from './failures.ts';
import type { ModuleContext } from './module-context.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

/**
 * Takes an original agent's credentials out of a definition, also out of the one that a domain runs
 * with; the password that was in it.
 */
export async function cleanDefinition(
  context: ModuleContext,
  uuid: string,
): Outcome<string | undefined> {
  const { host } = context;
  const { domains } = host.hypervisor;
  const text = await domains.getXml(uuid, { secure: true, inactive: true });
  if (!text.ok) return err(libvirtFailure(text.error, 'manage-failed'));
  if (!mayHoldCredentials(text.value)) return ok(await cleanRunning(context, uuid));
  const document = parseDefinition(text.value);
  if (!document.ok) return err({ code: 'manage-failed', text: document.error });
  const credentials = credentialsIn(document.value.root);
  if (!credentials) return ok(await cleanRunning(context, uuid));
  const clean = cleanedText(document.value);
  const managed = host.find(uuid);
  const defined = await (managed?.define(clean) ?? domains.defineXml(clean));
  if (!defined.ok) return err(libvirtFailure(defined.error, 'manage-failed'));
  await cleanRunning(context, uuid);
  return ok(credentials.password);
}

/** What runs keeps the description it was started with; a driver that cannot change it is only noted. */
async function cleanRunning({ host }: ModuleContext, uuid: string): Promise<string | undefined> {
  const { domains } = host.hypervisor;
  // One that does not run has nothing to clean, and says so with an error.
  const description = await domains.getDescription(uuid, 'live');
  const credentials = credentialsOf((description.ok ? description.value : undefined) ?? '');
  if (!credentials) return undefined;
  const cleared = await domains.setDescription(uuid, undefined, 'live');
  if (!cleared.ok) {
    const why = cleared.error.message;
    host.logger.warning(
      `CREDENTIALS of ${uuid} stay in what runs until it is stopped, libvirt does not take them out: ${why}`,
    );
  }
  return credentials.password;
}
