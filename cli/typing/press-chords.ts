import type { Entity } from '../../core/domain/entity.ts';
import { compileText } from '../../core/keyboard/compile-text.ts';
import { chordsOf } from '../../core/keyboard/key-chords.ts';
import type { LayoutId } from '../../core/keyboard/layout.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import { vmConsole } from '../../core/protocol/vm-console.ts';
import type { CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { AGENT_PATIENCE_MS } from '../fleet.ts';
import { complain } from '../with-fleet.ts';
import { onInterrupt } from './on-interrupt.ts';
import type { TypeOptions } from './type-options.ts';
import { TypingReport } from './typing-report.ts';

const HOLD_MS = 10;

/**
 * Types a text through libvirt's send-key: slower, since each chord is an order of its own, but with
 * scancodes whatever keymap the definition has, and without a screen.
 */
export async function pressChords(
  cli: CliClient,
  entity: Entity,
  { read, layout }: { readonly read: () => Promise<string>; readonly layout: LayoutId },
  { json, groupSwitch }: TypeOptions,
): Promise<ExitCode> {
  await cli.fleet.agentsKnown([entity.id], AGENT_PATIENCE_MS);
  const { agent } = cli.fleet.get(entity.id) ?? entity;
  if (agent?.features.includes(vmConsole.sendkeys.namespace) !== true) {
    return complain(messagesFor('en').typing.needsOurs(entity.name), EXIT.failed);
  }
  const text = await read();
  const plan = compileText(text, { layout, groupSwitch });
  const report = new TypingReport(text, layout, json === true);
  const refused = report.refused(plan);
  if (refused !== undefined) return refused;
  const aborter = new AbortController();
  const forget = onInterrupt(() => aborter.abort());
  let typed = 0;
  const soFar = () => ({ certain: typed, sent: typed });
  try {
    for (const chord of chordsOf(plan)) {
      if (aborter.signal.aborted) {
        return report.ended({ ...soFar(), how: 'stopped' }, entity.name, '');
      }
      const scancodes = chord.scancodes.map((one) => one.toString(16));
      const input = { scancodes, holdMs: HOLD_MS };
      const reply = await cli.client.call(entity.id, vmConsole.sendkeys, input);
      if (!reply.ok) {
        const { title, hint } = describeError(reply.error);
        // Whether these were pressed is not known where the answer was lost.
        const end = { certain: typed, sent: chord.typed, how: 'lost' } as const;
        const failure = { code: 'closed' } as const;
        return report.ended({ ...end, failure }, entity.name, `${title} ${hint}`);
      }
      typed = chord.typed;
      report.progressed(soFar());
    }
    return report.ended({ ...soFar(), how: 'done' }, entity.name, '');
  } finally {
    forget();
  }
}
