/** Why the host could not do what it was asked. */
export type HostFailure =
  | { readonly code: 'name-taken'; readonly name: string; readonly byManaged: boolean }
  | { readonly code: 'unknown'; readonly uuid: string }
  | { readonly code: 'already-managed'; readonly uuid: string }
  | { readonly code: 'storage'; readonly detail: string };
