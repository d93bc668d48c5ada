import { expect, it } from 'vitest';
import { messagesFor } from '../../../../core/messages/catalogue.ts';

const { describeError } = messagesFor('en');

it.each([
  ['Virtual machine must be running.', 'web-01 says: “Virtual machine must be running.”'],
  ['Is libvirt up?', 'web-01 says: “Is libvirt up?”'],
  ['no space left', 'web-01 says: “no space left”.'],
])('ends a sentence over the words of an agent with one stop: %s', (text, end) => {
  const asked = { namespace: 'archipel:vm:control', action: 'networkinfo' };
  const refused = { code: 'refused', entity: 'web-01', class: 'generic', number: 1 } as const;
  const { hint } = describeError({ ...refused, ...asked, text, meaning: 'vm-not-running' });
  expect(hint.slice(-end.length - 1)).toBe(` ${end}`);
});

it('ends the words of a screen so, too', () => {
  const failure = { code: 'refused', reason: 'Too many attempts.' } as const;
  const { hint } = describeError({ code: 'console', machine: 'web-01', failure });
  expect(hint).toBe('Wait a little and try again. It says: “Too many attempts.”');
});
