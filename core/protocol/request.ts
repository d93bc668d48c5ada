import type { Result } from '../lib/result.ts';
import { err, ok } from '../lib/result.ts';
import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import type { ReadProblem } from './codec/problem.ts';
import { unreadable } from './codec/problem.ts';
import type { Action } from './define-action.ts';
import { firstChild } from './stanza-content.ts';

/** Which action a `<query>` asks for, before its fields are looked at. */
export interface RequestHead {
  readonly namespace: string;
  readonly action: string;
}

/** The `<query>` that asks for an action; it goes into an iq of the action's kind. */
export function writeRequest<Request>(action: Action<Request>, input: Request): XmlElement {
  const { attributes, children } = action.request.write(input);
  return el('query', { xmlns: action.namespace }, [
    el('archipel', { action: action.name, ...attributes }, children),
  ]);
}

/** Which action a `<query>` asks for; a problem when it is not shaped as a request. */
export function readRequestHead(query: ElementReader): Result<RequestHead, ReadProblem> {
  if (query.name !== 'query') {
    return err(unreadable(query.name, query.name, 'wrong-element', query.name));
  }
  const archipel = firstChild(query, 'archipel');
  if (archipel === undefined) return err(unreadable('query', 'query/archipel', 'missing'));
  const action = archipel.attribute('action');
  if (action === undefined) {
    return err(unreadable('archipel', 'query/archipel/@action', 'missing'));
  }
  return ok({ namespace: query.namespace ?? '', action });
}

/** The input of a request, read from its `<query>`. */
export function readRequest<Request>(
  action: Action<Request>,
  query: ElementReader,
): Result<Request, ReadProblem> {
  const archipel = firstChild(query, 'archipel');
  if (archipel === undefined) return err(unreadable(query.name, 'query/archipel', 'missing'));
  return action.request.read(archipel, 'query/archipel');
}
