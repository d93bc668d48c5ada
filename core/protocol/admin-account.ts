import type { BareJid } from '../domain/jid.ts';
import { parseJid } from '../domain/jid.ts';
import type { Result } from '../lib/result.ts';
import { err, ok } from '../lib/result.ts';
import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import type { ReadProblem } from './codec/problem.ts';
import { unreadable } from './codec/problem.ts';

/** The payload of an item of the administrators' node. */
export function writeAdminAccount(jid: BareJid): XmlElement {
  const parsed = parseJid(jid);
  return el('admin', { node: parsed?.node, domain: parsed?.domain });
}

/** Reads the `<admin>` of an item of the administrators' node. */
export function readAdminAccount(element: ElementReader): Result<BareJid, ReadProblem> {
  const [node, domain] = [element.attribute('node'), element.attribute('domain')];
  if (node === undefined || domain === undefined) {
    const missing = node === undefined ? 'node' : 'domain';
    return err(unreadable('admin', `admin/@${missing}`, 'missing'));
  }
  const jid = parseJid(`${node}@${domain}`);
  return jid === undefined
    ? err(unreadable('admin', 'admin', 'not-a-jid', `${node}@${domain}`))
    : ok(jid.bare);
}
