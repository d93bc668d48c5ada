import { expect, it } from 'vitest';
import { jidOfLink, linkAmong } from '../../../main/links/xmpp-link.ts';

it.each([
  ['xmpp:web@example.test', 'web@example.test'],
  ['XMPP:Web@Example.test?message;body=hello', 'web@example.test'],
  ['xmpp:web@example.test/host-1', 'web@example.test'],
  ['xmpp://ada@example.test/web@example.test', 'web@example.test'],
  ['xmpp:sp%C3%A9cial@example.test', 'spécial@example.test'],
  ['xmpp:%zz@example.test', undefined],
  ['xmpp:', undefined],
  ['xmpp:a b@example.test', undefined],
  ['https://example.test', undefined],
  [`xmpp:${'a'.repeat(5000)}@example.test`, undefined],
])('reads %s', (link, jid) => {
  expect(jidOfLink(link)).toBe(jid);
});

it('finds a link among the arguments of a launch', () => {
  expect(linkAmong(['--profile', '/tmp/p', 'xmpp:web@example.test'])).toBe('web@example.test');
});
