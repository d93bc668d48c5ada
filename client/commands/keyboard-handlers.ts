import type { AppError } from '../../core/contract/app-error.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { definitionText } from '../../core/protocol/definition-text.ts';
import { vmConsole } from '../../core/protocol/vm-console.ts';
import { scancodesOf } from '../../core/rfb/key-combinations.ts';
import { keymapsOf, withKeymap } from '../../core/xml/domain/keymap.ts';
import { parseXml, type XmlDocument } from '../../core/xml/parse.ts';
import { writeXml } from '../../core/xml/write.ts';
import { given } from '../given.ts';
import {
  done,
  DONE,
  onEntity,
  type CommandHandlers,
  type CommandOutcome,
  type EntityWork,
} from './command-context.ts';

type Keyboards = Extract<keyof CommandHandlers, 'vm.send-keys' | `vm.${string}-keymap`>;

export const keyboardHandlers: Pick<CommandHandlers, Keyboards> = {
  'vm.send-keys': onEntity(({ context, link, target }, { keys }) => {
    const scancodes = scancodesOf(keys).map((one) => one.toString(16));
    const order = { scancodes, holdMs: undefined };
    return done(link.order(vmConsole.sendkeys, target.jid, order, context));
  }),
  'vm.remove-keymap': onEntity((parts) => setKeymap(parts, undefined)),
  'vm.set-keymap': onEntity((parts, { keymap }) => setKeymap(parts, keymap)),
};

type Parts = Parameters<EntityWork<object>>[0];

/** Changes the keymap in the definition as it is now, and nothing else of it; the note is the old one. */
async function setKeymap(
  { context, link, target }: Parts,
  keymap: string | undefined,
): CommandOutcome {
  const now = await link.ask(definitionText.get, target.jid, {});
  if (!now.ok) return now;
  if (!now.value) return err({ code: 'not-found', what: target.name });
  const document = read(now.value.text);
  if (!document.ok) return document;
  const { root } = document.value;
  const keymaps = keymapsOf(root);
  if (keymaps.length === 0) return noScreen(target.name);
  if (keymaps.every((one) => one === keymap)) return DONE;
  const text = writeXml({ ...document.value, root: withKeymap(root, keymap) });
  const order = { base: now.value.revision, text };
  const defined = await link.order(definitionText.define, target.jid, order, context);
  if (!defined.ok) return defined;
  return ok(given({ note: keymaps.find((one) => one !== undefined) }));
}

function noScreen(machine: string): Result<never, AppError> {
  return err({ code: 'console', machine, failure: { code: 'no-screen' } });
}

function read(text: string): Result<XmlDocument, AppError> {
  const document = parseXml(text);
  if (document.ok) return document;
  const { code, line, column } = document.error;
  return err({ code: 'invalid-input', detail: `XML: ${code} (${line}:${column})` });
}
