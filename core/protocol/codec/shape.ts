/** What a single text on the wire may hold, as data: documentation, arguments and tests read it. */
export type ValueShape =
  | { readonly type: 'text'; readonly minLength: number }
  | { readonly type: 'integer'; readonly min: number; readonly max: number }
  | { readonly type: 'decimal'; readonly min: number; readonly max: number }
  | { readonly type: 'boolean'; readonly yes: string; readonly no: string }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'special'; readonly name: string; readonly samples: readonly unknown[] };

/** Where the parts of a request or reply live, as data. */
export type Shape =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'attribute';
      readonly name: string;
      readonly value: ValueShape;
      readonly doc: string;
    }
  | { readonly kind: 'content'; readonly value: ValueShape; readonly doc: string }
  | { readonly kind: 'fragment'; readonly name: string; readonly doc: string }
  | { readonly kind: 'child'; readonly name: string; readonly content: Shape }
  | { readonly kind: 'children'; readonly name: string; readonly content: Shape }
  | { readonly kind: 'optional'; readonly content: Shape }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Shape>> };
