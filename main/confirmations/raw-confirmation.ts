import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import { prettyXml } from '../../core/xml/pretty.ts';

/** What fits in a row of the window. */
const ROW = 56;

/** What is shown before a stanza goes out as written: whose it is, and every word of it. */
export function rawConfirmation(
  { account, xml }: { readonly account: BareJid; readonly xml: string },
  { confirmation }: Messages,
): ConfirmationView {
  // The page could show one stanza and send another, so the user reads here what is sent.
  const targets = [account, ...rowsOf(xml)].map((text) => ({ text }));
  return { ...confirmation.raw, targets, destructive: true };
}

function rowsOf(xml: string): readonly string[] {
  return prettyXml(xml)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => line.match(new RegExp(`.{1,${ROW}}`, 'gu')) ?? []);
}
