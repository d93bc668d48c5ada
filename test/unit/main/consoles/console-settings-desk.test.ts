import { describe, expect, it } from 'vitest';
import { ConsoleChoices } from '../../../../client/consoles/console-choices.ts';
import type { ConfirmationView } from '../../../../core/contract/confirmation.ts';
import { ok } from '../../../../core/lib/result.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { ConsoleSettingsDesk } from '../../../../main/consoles/console-settings-desk.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { MemoryStorage } from '../../../support/client-ports.ts';

const machine = fakeEntity('web-01@archipel.test');
const entity = machine.id;
const caller = { windowId: 7 };

function desk(agrees: boolean, storage = new MemoryStorage()) {
  const asked: ConfirmationView[] = [];
  const { handlers } = new ConsoleSettingsDesk({
    client: { entity: (id) => (id === entity ? machine : undefined), entities: () => [machine] },
    choices: new ConsoleChoices(storage),
    ask: async (view) => {
      asked.push(view);
      return agrees;
    },
    messages: () => messagesFor('en'),
  });
  return { handlers, asked, storage };
}

describe('what is chosen for a console', () => {
  it('is remembered bit by bit, over runs', async () => {
    const { handlers, storage } = desk(true);
    await handlers.remember({ entity, settings: { quality: 'slow-line' } }, caller);
    const all = { quality: 'slow-line', resizesGuest: true };
    expect(await handlers.remember({ entity, settings: { resizesGuest: true } }, caller)).toEqual(
      ok(all),
    );
    expect(await desk(true, storage).handlers.settings({ entity }, caller)).toEqual(ok(all));
  });

  it('shares a clipboard only once the user has agreed, and asks no second time', async () => {
    const refused = desk(false);
    const settings = { sharesClipboard: true };
    expect(await refused.handlers.remember({ entity, settings }, caller)).toMatchObject({
      error: { code: 'cancelled' },
    });
    expect(await refused.handlers.settings({ entity }, caller)).toEqual(ok({}));
    const { handlers, asked } = desk(true);
    expect(await handlers.remember({ entity, settings }, caller)).toEqual(ok(settings));
    await handlers.remember({ entity, settings }, caller);
    expect(asked.map(({ targets }) => targets.map(({ text }) => text))).toEqual([[machine.name]]);
  });

  it('ends sharing without a question', async () => {
    const { handlers, asked } = desk(true);
    await handlers.remember({ entity, settings: { sharesClipboard: true } }, caller);
    const ended = { sharesClipboard: false };
    expect(await handlers.remember({ entity, settings: ended }, caller)).toEqual(ok(ended));
    expect(asked).toHaveLength(1);
  });
});
