import { expect, it } from 'vitest';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { openForEach } from '../../../../renderer/views/commands/open-for-each.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

it('opens a panel for each of a few, and of very many for the first, and says so', () => {
  const opened: string[] = [];
  const said: unknown[] = [];
  const many = Array.from({ length: 5000 }, (_, at) => fakeId(`web-${at}@x.test`));
  const open = (count: number) =>
    openForEach(
      many.slice(0, count),
      (target) => opened.push(target),
      { say: ({ title }) => said.push(title) },
      messagesFor('en'),
    );
  open(8);
  expect([opened.splice(0), said]).toEqual([many.slice(0, 8), []]);
  open(5000);
  expect([opened, said]).toEqual([many.slice(0, 8), ['Opened for the first 8 of 5,000.']]);
});
