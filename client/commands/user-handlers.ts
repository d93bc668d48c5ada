import { xmppUsers } from '../../core/protocol/xmpp-users.ts';
import { done, onEntity, type CommandHandlers } from './command-context.ts';

type Users = Extract<keyof CommandHandlers, `users.${string}`>;

export const userHandlers: Pick<CommandHandlers, Users> = {
  'users.register': onEntity(({ context, link, target }, user) =>
    done(link.order(xmppUsers.register, target.jid, { users: [user] }, context)),
  ),
  'users.change-password': onEntity(({ context, link, target }, user) =>
    done(link.order(xmppUsers.changepassword, target.jid, { users: [user] }, context)),
  ),
  'users.unregister': onEntity(({ context, link, target }, { jid }) =>
    done(link.order(xmppUsers.unregister, target.jid, { users: [{ jid }] }, context)),
  ),
};
