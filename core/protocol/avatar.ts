import { child, children } from './codec/elements.ts';
import { attribute, content, nothing, record } from './codec/part.ts';
import { base64 } from './codec/special-values.ts';
import { text, words } from './codec/value.ts';
import { defineAction } from './define-action.ts';

const NAMESPACE = 'archipel:avatar';
const ours = { namespace: NAMESPACE, entity: 'any', origin: 'original' } as const;

const getavatars = defineAction({
  ...ours,
  name: 'getavatars',
  kind: 'get',
  permission: 'getavatars',
  summary: 'The pictures it can wear.',
  request: {},
  reply: child(
    'avatars',
    children(
      'avatar',
      record({
        name: attribute('name', words(), 'file name'),
        mime: attribute('content-type', words(), 'media type'),
        hash: attribute('hash', text(), 'MD5 of the base64 text, in hexadecimal digits'),
        data: content(base64(), 'the picture'),
      }),
    ),
  ),
  errors: ['avatar-list-failed'],
});

const setavatar = defineAction({
  ...ours,
  name: 'setavatar',
  kind: 'set',
  permission: 'setavatar',
  summary: 'Chooses its picture, and publishes its vCard anew.',
  request: { name: attribute('avatar', words(), 'file name of one of its pictures') },
  reply: nothing,
  errors: ['avatar-set-failed'],
});

/** The picture of an entity. */
export const avatar = { getavatars, setavatar };
