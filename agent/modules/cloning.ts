import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import type { Requester } from '../entities/dispatcher.ts';
import { copiedDefinition, parseDefinition } from '../machines/definition.ts';
import type { Machine } from '../machines/machine.ts';
import { isNoDomain } from '../machines/machine-presence.ts';
import { serialize } from '../../core/xml/write.ts';
import { allocate } from './allocation.ts';
import { busyFailure, libvirtFailure } from './failures.ts';
import type { ModuleContext } from './module-context.ts';
import { maySeeSecrets } from './secrets.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

/** Begins to copy a stopped virtual machine; the answer does not wait for the copy. */
export async function cloneMachine(
  context: ModuleContext,
  source: Machine,
  wanted: string | undefined,
  { jid: requester, made }: Pick<Requester, 'jid' | 'made'>,
): Outcome<undefined> {
  if (source.task !== undefined) return err(busyFailure(source.task, 'clone-failed'));
  const text = await stoppedDefinition(context, source, maySeeSecrets(source, requester));
  if (!text.ok) return text;
  const end = source.begin('cloning');
  if (!end) return err(busyFailure(source.task, 'clone-failed'));
  const name = wanted === undefined || wanted === '' ? `${source.record.name}-clone` : wanted;
  const { organisation } = source.record;
  const wish = { name, organisation, domain: undefined, requester };
  const copy = await allocate(context, wish).catch((cause: unknown) => {
    end();
    throw cause;
  });
  if (copy.ok) {
    made(copy.value.jid);
    context.host.entity.push('hypervisor', 'clone');
    void finishCopy(context, source, copy.value, text.value, end);
    return ok(undefined);
  }
  end();
  return copy;
}

async function finishCopy(
  context: ModuleContext,
  source: Machine,
  copy: Machine,
  text: string,
  end: () => void,
): Promise<void> {
  const { host } = context;
  const names = { from: source.record.name, to: copy.record.name };
  source.show({ state: 'busy', activity: 'cloning-to', peer: names.to });
  copy.show({ state: 'busy', activity: 'cloning-from', peer: names.from });
  try {
    await copy.during('cloning', copyIsBusy, async () => {
      await host.files.copy(source.uuid, copy.uuid);
      const document = parseDefinition(text);
      if (!document.ok) throw new Error(document.error);
      const to = { uuid: copy.uuid, name: names.to };
      const domain = copiedDefinition(document.value.root, source.uuid, to, () => newMac(context));
      const defined = await copy.define(serialize(domain));
      if (!defined.ok) throw new Error(defined.error.message);
    });
    copy.entity.push('virtualmachine:definition', 'defined');
    host.entity.shout(`${names.from} has been cloned to ${names.to}.`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    host.logger.error(`CLONE of ${names.from} to ${names.to} failed: ${why}`);
    host.entity.shout(`${names.from} could not be cloned to ${names.to}: ${why}`);
  }
  end();
  await Promise.all([source.refresh(), copy.refresh()]);
}

function copyIsBusy(): never {
  throw new Error('something else is done to the copy');
}

/** With its secrets only for who knows them anyway: the copy is wholly the requester's. */
async function stoppedDefinition(
  { host }: ModuleContext,
  source: Machine,
  secure: boolean,
): Outcome<string> {
  const { domains } = host.hypervisor;
  const info = await domains.info(source.uuid);
  if (!info.ok && isNoDomain(info.error)) {
    return err({
      code: 'vm-not-defined',
      text: 'The mother VM has to be defined to be cloned.',
    });
  }
  if (!info.ok) return err(libvirtFailure(info.error, 'clone-failed'));
  if (info.value.state !== 'shutoff' && info.value.state !== 'crashed') {
    const text = 'The mother VM has to be stopped to be cloned.';
    return err({ code: 'vm-must-be-stopped', text });
  }
  const text = await domains.getXml(source.uuid, { secure, inactive: true });
  return text.ok ? ok(text.value) : err(libvirtFailure(text.error, 'clone-failed'));
}

/** In the range that QEMU uses, so that no card of a maker is met by chance. */
function newMac({ random }: ModuleContext): string {
  const bytes = Array.from({ length: 3 }, () => Math.floor(random() * 256));
  return ['52', '54', '00', ...bytes.map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}
