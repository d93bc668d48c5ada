import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import { definitionText } from '../../core/protocol/definition-text.ts';
import { vmDefinition } from '../../core/protocol/vm-definition.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import {
  cleanedText,
  nameOf,
  parseDefinition,
  textOfElements,
  usesBlockDevice,
  uuidOf,
} from '../machines/definition.ts';
import type { Machine } from '../machines/machine.ts';
import { isNoDomain } from '../machines/machine-presence.ts';
import { libvirtFailure } from './failures.ts';
import type { ModuleContext } from './module-context.ts';
import { rename } from './renaming.ts';
import { maySeeSecrets } from './secrets.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

/** The definition as elements, for original clients too. */
export function vmDefinitionModule(context: ModuleContext, machine: Machine): ServedGroup {
  const { hypervisor } = context.host;
  return serve(vmDefinition, {
    define: async ({ domain }) => define(context, machine, domain, textOfElements(domain)),
    undefine: async () => {
      const gone = await hypervisor.domains.undefine(machine.uuid);
      if (gone.ok || isNoDomain(gone.error)) return ok(undefined);
      return err(libvirtFailure(gone.error, 'vm-undefine-failed'));
    },
    capabilities: async () => {
      const text = await hypervisor.capabilities();
      if (!text.ok) return err(libvirtFailure(text.error, 'vm-capabilities-failed'));
      const document = parseDefinition(text.value);
      if (document.ok) return ok(document.value.root);
      return err({ code: 'vm-capabilities-failed', text: document.error });
    },
  });
}

/** The definition as text, without loss. */
export function definitionTextModule(context: ModuleContext, machine: Machine): ServedGroup {
  const { domains } = context.host.hypervisor;
  const current = async (secure = true): Outcome<string | undefined> => {
    const text = await domains.getXml(machine.uuid, { secure, inactive: true });
    if (text.ok) {
      const document = parseDefinition(text.value);
      // Somebody may have put credentials back behind our back; nobody gets to read them here.
      return ok(document.ok ? cleanedText(document.value) : text.value);
    }
    return isNoDomain(text.error)
      ? ok(undefined)
      : err(libvirtFailure(text.error, 'definition-get-failed'));
  };
  return serve(definitionText, {
    get: async (_request, { jid }) => {
      const whole = await current();
      if (!whole.ok || whole.value === undefined) return whole.ok ? ok(undefined) : whole;
      // A changed secret is a change, also for those who do not get to read it.
      const revision = revisionOf(whole.value);
      const text = maySeeSecrets(machine, jid) ? whole : await current(false);
      if (!text.ok) return text;
      return ok(text.value === undefined ? undefined : { revision, text: text.value });
    },
    define: async ({ base, text }) => {
      const before = await current();
      if (!before.ok) return before;
      const revision = before.value === undefined ? undefined : revisionOf(before.value);
      if (revision !== base) return err({ code: 'definition-changed' });
      const document = parseDefinition(text);
      if (!document.ok) return err({ code: 'definition-define-failed', text: document.error });
      const { root } = document.value;
      const defined = await define(context, machine, root, cleanedText(document.value));
      if (!defined.ok) return defined;
      const after = await current();
      if (!after.ok) return after;
      const info = await domains.info(machine.uuid);
      const isPending = info.ok && info.value.state !== 'shutoff';
      return ok({ revision: revisionOf(after.value ?? ''), isPending });
    },
  });
}

async function define(
  context: ModuleContext,
  machine: Machine,
  domain: XmlElement,
  text: string,
): Outcome<undefined> {
  const { settings } = context;
  const uuid = uuidOf(domain);
  if (uuid !== machine.uuid) {
    const said = `('IncorrectUUID', u"Given UUID ${uuid ?? 'None'} doesn't match JID ${machine.jid}")`;
    return err({ code: 'definition-uuid-mismatch', text: said });
  }
  if (!settings.mayUseBlockDevices && usesBlockDevice(domain)) {
    const said = "The agent policy doesn't allow to use block devices.";
    return err({ code: 'block-devices-forbidden', text: said });
  }
  const renamed = await adoptName(context, machine, nameOf(domain) ?? machine.record.name);
  if (!renamed.ok) return renamed;
  const defined = await machine.define(text);
  if (!defined.ok) return err(libvirtFailure(defined.error, 'vm-define-failed'));
  await machine.refresh();
  machine.entity.push('virtualmachine:definition', 'defined');
  return ok(undefined);
}

/** A definition with another name renames the machine. */
async function adoptName(
  context: ModuleContext,
  machine: Machine,
  name: string,
): Outcome<undefined> {
  const { host } = context;
  if (name === machine.record.name) return ok(undefined);
  const info = await host.hypervisor.domains.info(machine.uuid);
  const renamed = await rename(context, machine, name, info.ok);
  if (!renamed.ok) return renamed;
  await machine.entity.refreshVcard();
  return ok(undefined);
}

function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
