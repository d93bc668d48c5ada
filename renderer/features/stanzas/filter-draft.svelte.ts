import { SvelteSet } from 'svelte/reactivity';
import type { ViewState } from '../../../core/contract/layouts.ts';
import type { StanzaRecord } from '../../../core/contract/stanzas.ts';
import type { StanzaFilter } from './stanza-filter.ts';

export const KINDS: readonly StanzaRecord['kind'][] = ['iq', 'presence', 'message'];
export const DIRECTIONS: readonly StanzaRecord['direction'][] = ['in', 'out'];

/** What the user has chosen to see, kept with the panel. */
export class FilterDraft {
  text = $state('');
  namespace = $state('');
  jid = $state('');
  xpath = $state('');
  errorsOnly = $state(false);
  /** Whether the rarer fields are shown. */
  isWide = $state(false);
  readonly kinds: SvelteSet<StanzaRecord['kind']>;
  readonly directions: SvelteSet<StanzaRecord['direction']>;

  constructor(kept: ViewState) {
    const word = (name: string): string => `${kept[name] ?? ''}`;
    this.text = word('text');
    this.namespace = word('namespace');
    this.jid = word('jid');
    this.xpath = word('xpath');
    this.errorsOnly = kept['errorsOnly'] === true;
    this.isWide = kept['isWide'] === true;
    this.kinds = new SvelteSet(KINDS.filter((one) => word('kinds').split(' ').includes(one)));
    this.directions = new SvelteSet(
      DIRECTIONS.filter((one) => word('directions').split(' ').includes(one)),
    );
  }

  get filter(): StanzaFilter {
    const { text, namespace, jid, xpath, errorsOnly } = this;
    const [kinds, directions] = [new Set(this.kinds), new Set(this.directions)];
    return { text, namespace, jid, xpath, errorsOnly, kinds, directions };
  }

  /** As the panel's memory takes it. */
  get kept(): ViewState {
    const { text, namespace, jid, xpath, errorsOnly, isWide } = this;
    const [kinds, directions] = [[...this.kinds].join(' '), [...this.directions].join(' ')];
    return { text, namespace, jid, xpath, errorsOnly, isWide, kinds, directions };
  }

  clear(): void {
    for (const name of ['text', 'namespace', 'jid', 'xpath'] as const) this[name] = '';
    this.errorsOnly = false;
    this.kinds.clear();
    this.directions.clear();
  }
}
