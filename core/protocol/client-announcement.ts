import type { Identity } from '../domain/entity-kind.ts';

/** Whose capabilities this application announces in its presences (XEP-0115). */
export const CLIENT_NODE = 'https://archipel-desktop.invalid/client';

/** The category of programs that people use (XEP-0030); original agents say nothing of themselves. */
export const CLIENT_CATEGORY = 'client';

/** What the application says of itself by disco#info, beside what every session answers. */
export const clientAnnouncement = {
  identities: [{ category: CLIENT_CATEGORY, type: 'pc', name: 'Archipel Desktop' }],
  features: ['http://jabber.org/protocol/caps'],
} as const satisfies {
  readonly identities: readonly (Identity & { readonly name: string })[];
  readonly features: readonly string[];
};
