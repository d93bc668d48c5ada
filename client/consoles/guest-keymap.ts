import type { AppError } from '../../core/contract/app-error.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { keymapOf } from '../../core/keyboard/definition-keymap.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { Client } from '../client.ts';

/** The keymap in a machine's definition (`graphics/@keymap`); undefined where there is none. */
export async function askKeymap(
  client: Pick<Client, 'call'>,
  entity: EntityId,
): Promise<Result<string | undefined, AppError>> {
  const reply = await client.call(entity, vmControl.xmldesc, {});
  if (!reply.ok) return reply;
  return ok(isElement(reply.value) ? keymapOf(readerOf(reply.value)) : undefined);
}

/** A machine without a definition answers with none. */
function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && 'children' in value;
}
