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

type Keymap = Result<string | undefined, AppError>;

/** The keymap in a machine's definition (`graphics/@keymap`); undefined where there is none. */
export async function askKeymap(client: Pick<Client, 'call'>, entity: EntityId): Promise<Keymap> {
  return keymapIn(await client.call(entity, vmControl.xmldesc, {}));
}

/** The same, of a definition that was read before and of which no push says that it is another now. */
export async function knownKeymap(
  client: Pick<Client, 'known'>,
  entity: EntityId,
): Promise<Keymap> {
  return keymapIn(await client.known(entity, vmControl.xmldesc, {}));
}

/** The keyboard of a machine's guest: what the user chose, and otherwise what its keymap tells. */
export async function guestKeyboard(
  client: Pick<Client, 'known'>,
  keyboards: Pick<GuestKeyboards, 'of'>,
  entity: EntityId,
): Promise<GuestKeyboardView> {
  const [chosen, asked] = await Promise.all([keyboards.of(entity), knownKeymap(client, entity)]);
  const keymap = asked.ok ? asked.value : undefined;
  const guess = keymap === undefined ? undefined : guestLayoutOf(keymap);
  const layout = chosen.layout ?? guess ?? 'us';
  return {
    ...{ layout, isGuessed: !chosen.layout, way: chosen.way ?? 'auto' },
    ...{ keymap, knownKeymap: chosen.knownKeymap },
  };
}

function keymapIn(reply: Result<unknown, AppError>): Keymap {
  if (!reply.ok) return reply;
  return ok(isElement(reply.value) ? keymapOf(readerOf(reply.value)) : undefined);
}

/** A machine without a definition answers with none. */
function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && 'children' in value;
}
