import type { AppError } from '../../core/contract/app-error.ts';
import type { GuestKeyboardView } from '../../core/contract/typing.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { keymapOf } from '../../core/keyboard/definition-keymap.ts';
import { guestLayoutOf } from '../../core/keyboard/keymaps.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { Client } from '../client.ts';
import type { GuestKeyboards } from './guest-keyboards.ts';

/** The keymap in a machine's definition (`graphics/@keymap`); undefined where there is none. */
export async function askKeymap(
  client: Pick<Client, 'call'>,
  entity: EntityId,
): Promise<Result<string | undefined, AppError>> {
  const reply = await client.call(entity, vmControl.xmldesc, {});
  if (!reply.ok) return reply;
  return ok(isElement(reply.value) ? keymapOf(readerOf(reply.value)) : undefined);
}

/** The keyboard of a machine's guest: what the user chose, and otherwise what its keymap tells. */
export async function guestKeyboard(
  client: Pick<Client, 'call'>,
  keyboards: Pick<GuestKeyboards, 'of'>,
  entity: EntityId,
): Promise<GuestKeyboardView> {
  const [chosen, asked] = await Promise.all([keyboards.of(entity), askKeymap(client, entity)]);
  const keymap = asked.ok ? asked.value : undefined;
  const guess = keymap === undefined ? undefined : guestLayoutOf(keymap);
  const layout = chosen.layout ?? guess ?? 'us';
  return {
    ...{ layout, isGuessed: !chosen.layout, way: chosen.way ?? 'auto' },
    ...{ keymap, knownKeymap: chosen.knownKeymap },
  };
}

/** A machine without a definition answers with none. */
function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && 'children' in value;
}
