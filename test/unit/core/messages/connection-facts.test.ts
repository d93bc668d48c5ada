import { expect, it } from 'vitest';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { tlsVersion } from '../../../../core/messages/en/connection-facts.ts';

it('writes a version of TLS as people do, and leaves another name alone', () => {
  expect(['TLSv1.3', 'TLSv1.2', 'SSLv3', ''].map(tlsVersion)).toEqual([
    ...['TLS 1.3', 'TLS 1.2'],
    ...['SSLv3', ''],
  ]);
});

it('says what a connection is worth, without a gap where there is no TLS of its own', () => {
  const { facts } = messagesFor('en').shell;
  expect(facts('xmpp.archipel.test', 'TLSv1.3', 'SCRAM-SHA-256')).toBe(
    'xmpp.archipel.test, TLS 1.3, SCRAM-SHA-256',
  );
  expect(facts('wss.archipel.test', '', 'PLAIN')).toBe('wss.archipel.test, PLAIN');
});
