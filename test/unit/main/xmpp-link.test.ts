import { expect, it } from 'vitest';
import { linkAmong, readLink } from '../../../main/links/xmpp-link.ts';

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
  expect(readLink(link)?.jid).toBe(jid);
});

it('finds a link among the arguments of a launch', () => {
  expect(linkAmong(['--profile', '/tmp/p', 'xmpp:web@example.test'])).toEqual({
    jid: 'web@example.test',
  });
});

it.each([
  ['xmpp:web@example.test?workspace;name=Night%20watch', 'Night watch'],
  ['xmpp:web@example.test?workspace;name=debugging#top', 'debugging'],
  ['xmpp:web@example.test?workspace', undefined],
  ['xmpp:web@example.test?message;name=debugging', undefined],
])('reads the workspace that %s names', (link, workspace) => {
  expect(readLink(link)?.workspace).toBe(workspace);
});
