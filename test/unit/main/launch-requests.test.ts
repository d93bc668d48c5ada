import { expect, it } from 'vitest';
import { LaunchRequests } from '../../../main/launch-requests.ts';

it('keeps what is asked for while the application starts, and obeys the rest at once', () => {
  const requests = new LaunchRequests();
  const obeyed: (readonly string[])[] = [];
  requests.add(['--demo']);
  requests.add(['xmpp:web-01@example.org']);
  requests.obeyWith((args) => obeyed.push(args));
  expect(obeyed).toEqual([['--demo'], ['xmpp:web-01@example.org']]);
  requests.add(['xmpp:web-02@example.org']);
  expect(obeyed).toEqual([['--demo'], ['xmpp:web-01@example.org'], ['xmpp:web-02@example.org']]);
});
