import { attribute, nothing } from './codec/part.ts';
import { anyJid } from './codec/special-values.ts';
import { defineAction } from './define-action.ts';

const NAMESPACE = 'archipel:subscription';
const ours = { namespace: NAMESPACE, entity: 'any', origin: 'original' } as const;
const request = { jid: attribute('jid', anyJid(), 'JID of the user; only the bare JID counts') };

const add = defineAction({
  ...ours,
  name: 'add',
  kind: 'set',
  permission: 'subscription_add',
  summary: 'Makes a user its contact and lets the user see its presence.',
  request,
  reply: nothing,
  errors: ['subscription-add-failed'],
});

const remove = defineAction({
  ...ours,
  name: 'remove',
  kind: 'set',
  permission: 'subscription_remove',
  summary: 'Removes a contact, who no longer sees its presence.',
  request,
  reply: nothing,
  errors: ['subscription-remove-failed'],
});

/** Who has an entity among the contacts. */
export const subscription = { add, remove };
