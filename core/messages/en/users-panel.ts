/** The users of the XMPP server. */
export const usersPanel = {
  table: 'Users of the XMPP server',
  filter: 'Find in all users',
  everyKind: 'Machines too',
  count: (text: string, many: number) => (many === 1 ? '1 user' : `${text} users`),
  accounts: (text: string, many: number) => (many === 1 ? '1 account' : `${text} accounts`),
  found: (text: string) => `${text} found`,
  columns: { kind: 'Kind', name: 'Name', jid: 'JID' },
  kinds: { user: 'person', virtualmachine: 'virtual machine', hypervisor: 'hypervisor' },
  asking: 'Asking…',
  chooseFirst: 'Choose a user first.',
  nothingFound: 'No account has this in its JID.',
  nothingFoundWhy: 'All accounts of the server were looked through.',
  clearFilter: 'Show all',
};
