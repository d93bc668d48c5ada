import type { WorkspaceFacts } from '../../core/contract/workspaces.ts';
import type { Messages } from '../../core/messages/catalogue.ts';

/** A workspace's name: the user's own, or that of the catalogue for one that is built in. */
export function workspaceName(
  { id, name, builtIn }: WorkspaceFacts,
  { workspaces }: Pick<Messages, 'workspaces'>,
): string {
  return name ?? (builtIn ? workspaces.names[builtIn] : id);
}

/** A workspace by its id, or by its name as a person writes it. */
export function findWorkspace(
  all: readonly WorkspaceFacts[],
  text: string,
  words: Pick<Messages, 'workspaces'>,
): WorkspaceFacts | undefined {
  const wanted = text.trim().toLowerCase();
  return (
    all.find(({ id }) => id === text) ??
    all.find((one) => workspaceName(one, words).toLowerCase() === wanted)
  );
}
