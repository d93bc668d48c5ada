import * as v from 'valibot';
import { BareJid } from '../domain/jid.ts';
import { platform } from './define-command.ts';

const central = ['central-agent'] as const;
const Account = v.pipe(BareJid, v.regex(/@/u, 'a JID looks like name@server'));
/** Comes from main alone, which asks for it in a window of its own. */
const Password = v.pipe(v.string(), v.minLength(8), v.maxLength(1024));

/** Given to the central agent, about an account of the XMPP server. */
export const userCommands = [
  platform({
    id: 'users.register',
    icon: 'user-plus',
    group: 'contact',
    input: v.strictObject({ jid: Account, password: Password }),
    secret: true,
    kinds: central,
    permission: 'xmppserver_users_register',
    danger: 'none',
    bulk: false,
    form: true,
  }),
  platform({
    id: 'users.change-password',
    icon: 'key-round',
    group: 'contact',
    input: v.strictObject({ jid: Account, password: Password }),
    secret: true,
    kinds: central,
    permission: 'xmppserver_users_changepassword',
    danger: 'none',
    bulk: false,
    form: true,
  }),
  platform({
    id: 'users.unregister',
    icon: 'user-minus',
    group: 'contact',
    input: v.strictObject({ jid: Account }),
    kinds: central,
    permission: 'xmppserver_users_unregister',
    danger: 'destructive',
    bulk: false,
    form: true,
  }),
] as const;
