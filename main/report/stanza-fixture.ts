import { redactStanza } from '../../client/redaction.ts';
import { el } from '../../core/xml/element.ts';
import { serialize } from '../../core/xml/write.ts';

/** A request and what came back, as they were on the wire. */
export interface FixtureMaterial {
  readonly namespace: string;
  readonly action: string;
  readonly request: string;
  readonly answer?: string | undefined;
}

/** A file in the form of this product's own recorded stanzas, secrets masked. */
export function stanzaFixture({ namespace, action, request, answer }: FixtureMaterial): string {
  const refused = /^\s*<iq\b[^>]*\stype=(["'])error\1/u.test(answer ?? '');
  const parts = [
    stanzaPart('request', request),
    ...(answer === undefined ? [] : [stanzaPart(refused ? 'refusal' : 'reply', answer)]),
  ];
  const [start = '', end = ''] = serialize(el('case', { namespace, action }, ['\n'])).split('\n');
  return ["<fixtures xmlns='jabber:client'>", start, ...parts, end, '</fixtures>', ''].join('\n');
}

/** What a page gives is masked once more: it need not be what main gave it. */
function stanzaPart(name: string, text: string): string {
  return `<${name}>\n${redactStanza(text)}\n</${name}>`;
}
