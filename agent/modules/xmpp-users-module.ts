import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import type { ProtocolErrorCode } from '../../core/protocol/errors.ts';
import type { PushChange } from '../../core/protocol/push.ts';
import { xmppUsers } from '../../core/protocol/xmpp-users.ts';
import type { AgentEntity } from '../entities/agent-entity.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import type { ServerAnswer, ServerUsers } from '../users/server-users.ts';
import type { UserDirectory } from '../users/user-directory.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

/** The accounts of the XMPP server, by the central agent that administers it (protocol: users). */
export function xmppUsersModule(
  entity: () => AgentEntity,
  server: ServerUsers,
  directory: UserDirectory,
): ServedGroup {
  const orders = { entity, directory };
  return serve(xmppUsers, {
    list: ({ page, humansOnly = false }) => {
      return answered('user-list-failed', directory.page(page, humansOnly));
    },
    filter: ({ text }) => answered('user-filter-failed', directory.filter(text)),
    number: async ({ humansOnly = false }) => {
      const total = await answered('user-list-failed', directory.number(humansOnly));
      return total.ok ? ok({ total: total.value }) : total;
    },
    register: ({ users }) => {
      const order = { code: 'user-register-failed', change: 'registered' } as const;
      return each(orders, order, users, ({ jid, password }) => server.register(jid, password));
    },
    unregister: ({ users }) => {
      const order = { code: 'user-unregister-failed', change: 'unregistered' } as const;
      return each(orders, order, users, ({ jid }) => {
        if (jid !== entity().jid) return server.unregister(jid);
        return Promise.resolve(err(`${jid} is the account of the central agent itself.`));
      });
    },
    changepassword: ({ users }) => {
      const order = { code: 'user-changepassword-failed', change: 'passwordchanged' } as const;
      return each(orders, order, users, ({ jid, password }) => {
        if (jid !== entity().jid) return server.changePassword(jid, password);
        return Promise.resolve(err(`${jid} is the central agent: change its configuration.`));
      });
    },
  });
}

async function answered<T>(code: ProtocolErrorCode, answer: ServerAnswer<T>): Outcome<T> {
  const value = await answer;
  return value.ok ? value : err({ code, text: value.error });
}

interface Order {
  readonly code: ProtocolErrorCode;
  readonly change: PushChange<'xmppserver:users'>;
}

/** One account after the other, up to the first that is refused; each that was done is pushed. */
async function each<User extends { readonly jid: BareJid }>(
  orders: { readonly entity: () => AgentEntity; readonly directory: UserDirectory },
  { code, change }: Order,
  users: readonly User[],
  carryOut: (user: User) => ServerAnswer,
): Outcome<undefined> {
  for (const user of users) {
    const done = await carryOut(user);
    if (!done.ok) return err({ code, text: `${user.jid}: ${done.error}` });
    orders.directory.outdate();
    orders.entity().push('xmppserver:users', change);
  }
  return ok(undefined);
}
