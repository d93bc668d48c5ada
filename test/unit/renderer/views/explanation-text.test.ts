import { expect, it } from 'vitest';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import {
  explanationText,
  permissionRequest,
} from '../../../../renderer/views/dialogs/explanation-text.ts';
import { bare, fakeEntity } from '../../../fakes/fake-entities.ts';
import { fakeStanzas } from '../../../fakes/fake-stanzas.ts';

const messages = messagesFor('en');
const { id, name, jid } = fakeEntity('web@archipel.test', { name: 'web-01' });
const entity = { id, name, jid };
const permission = { name: 'destroy', grantedBy: [bare('root@archipel.test')] };

it('asks for a permission in words that name all who matter', () => {
  const text = permissionRequest({ entity, permission }, messages.explanation);
  const account = id.slice(0, id.indexOf('>'));
  expect(text).toBe(`Please grant ${account} the permission “destroy” on web-01 (${jid}).`);
  expect(permissionRequest({ entity }, messages.explanation)).toBeUndefined();
});

it('has everything that the dialog shows', () => {
  const [request, , answer] = fakeStanzas(1);
  const error = { code: 'denied', entity: name, permission: 'destroy' } as const;
  const log = { hypervisor: 'atoll', lines: ['ERROR no'] };
  const action = { namespace: 'archipel:vm:control', name: 'destroy' };
  const module = { id: 'vnc', hypervisor: 'atoll', state: 'not-loaded', reason: 'off' } as const;
  const all = { entity, action, module, permission, log, request: request!, answer: answer! };
  const text = explanationText({ error }, all, messages);
  const parts = [
    'You lack the permission “destroy” on web-01.',
    'Each action has a permission.',
    `Entity: web-01 <${jid}>`,
    'Action: archipel:vm:control → destroy',
    'Module: vnc is not loaded on atoll. The agent says: “off”.',
    'Who can grant it: root@archipel.test',
    'Log of atoll\nERROR no',
    'Request:\n<iq id="q1"',
    'Answer:\n<iq id="q1"',
  ];
  expect(parts.filter((part) => !text.includes(part))).toEqual([]);
});
