import { expect, it } from 'vitest';
import { rawConfirmation } from '../../../main/confirmations/raw-confirmation.ts';
import { messagesFor } from '../../../core/messages/catalogue.ts';
import { parseJid } from '../../../core/domain/jid.ts';

const account = parseJid('admin@example.org')!.bare;
const messages = messagesFor('en');

it('shows whose stanza goes out, and all of it, in rows that nothing is cut off from', () => {
  const to = 'vm@example.org/a-resource-that-is-much-longer-than-a-row-can-be';
  const xml = `<iq type="set" to="${to}"><query xmlns="archipel:vm:control"><archipel action="destroy"/></query></iq>`;
  const view = rawConfirmation({ account, xml }, messages);
  expect(view).toEqual({ ...messages.confirmation.raw, destructive: true, targets: view.targets });
  expect(view.targets[0]).toEqual({ text: account });
  expect(view.targets.every(({ text }) => text.length <= 56)).toBe(true);
  const said = view.targets.slice(1).map(({ text }) => text);
  expect(said.join('').replaceAll(' ', '')).toBe(xml.replaceAll(' ', ''));
});

it('shows a text that is no XML as it is', () => {
  expect(rawConfirmation({ account, xml: '<iq' }, messages).targets).toEqual([
    { text: account },
    { text: '<iq' },
  ]);
});
