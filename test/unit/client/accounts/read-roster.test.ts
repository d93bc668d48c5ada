import { expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { err } from '../../../../core/lib/result.ts';
import type { IqFailure } from '../../../../node/xmpp/session-failure.ts';
import { errorIq, unavailable } from '../../../support/fake-session.ts';
import { ApplicationFixture } from '../application-fixture.ts';

const refused = (condition: string) => errorIq(el('error'), condition);
const failed = (error: IqFailure) => err(error);

/** What is told of a log-in at which the roster is answered so. */
async function told(roster: ReturnType<typeof unavailable>): Promise<readonly string[]> {
  const fixture = new ApplicationFixture((session) => {
    session.answer = ({ payload }) => {
      return payload.attributes['xmlns'] === 'jabber:iq:roster' ? roster : unavailable();
    };
  });
  await fixture.connect();
  return fixture.audience.told.notices.map(({ title, hint }) => `${title} ${hint}`);
}

it('says that the list of contacts is too long', async () => {
  expect(await told(refused('resource-constraint'))).toEqual([
    'The contacts of admin@example.org could not be read. The list is longer than 32 MiB. Take entities out of shared groups, or use an account that sees fewer.',
  ]);
});

it('says that the server does not send the contacts', async () => {
  expect(await told(failed({ code: 'timeout' }))).toEqual([
    'The contacts of admin@example.org could not be read. The server did not send them within two minutes. Connect again.',
  ]);
});

it('says in the words of the server that it refuses the contacts', async () => {
  expect(await told(refused('internal-server-error'))).toEqual([
    'The contacts of admin@example.org could not be read. The server refused (internal-server-error). Connect again. If it stays so, look into the server’s log.',
  ]);
});

it('says nothing of contacts where the link was lost over them', async () => {
  expect(await told(failed({ code: 'disconnected' }))).toEqual([]);
});
