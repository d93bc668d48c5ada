import { el, type XmlElement } from '../../core/xml/element.ts';
import { childNamed, childrenNamed, namespaceOf, textOf, textOfChild } from './element-access.ts';
import { NS } from './namespaces.ts';

/** One field of a form (XEP-0004). */
export interface FormField {
  readonly name: string;
  readonly values: readonly string[];
  readonly type?: string;
  readonly label?: string;
  readonly isRequired?: boolean;
  /** The values to choose from. */
  readonly options?: readonly string[];
}

export interface DataForm {
  readonly type: 'form' | 'result' | 'submit';
  readonly formType: string;
  readonly title?: string;
  readonly fields: readonly FormField[];
}

function values(texts: readonly string[]): XmlElement[] {
  return texts.map((text) => el('value', {}, text === '' ? [] : [text]));
}

function fieldElement(field: FormField): XmlElement {
  const { name, type, label } = field;
  return el('field', { var: name, type, label }, [
    ...(field.isRequired ? [el('required')] : []),
    ...values(field.values),
    ...(field.options ?? []).map((option) => el('option', {}, values([option]))),
  ]);
}

/** Writes a form with its hidden FORM_TYPE. */
export function writeForm(form: DataForm): XmlElement {
  return el('x', { xmlns: NS.dataForm, type: form.type }, [
    ...(form.title === undefined ? [] : [el('title', {}, [form.title])]),
    fieldElement({ name: 'FORM_TYPE', type: 'hidden', values: [form.formType] }),
    ...form.fields.map(fieldElement),
  ]);
}

/** The submitted fields by name; undefined when the element holds no submitted form. */
export function readSubmitted(
  parent: XmlElement,
): ReadonlyMap<string, readonly string[]> | undefined {
  const form = childNamed(parent, 'x', NS.dataForm);
  if (form?.attributes['type'] !== 'submit') return undefined;
  return new Map(
    childrenNamed(form, 'field').map((field) => [
      field.attributes['var'] ?? '',
      childrenNamed(field, 'value').map(textOf),
    ]),
  );
}

/** A page of a long list, asked for with XEP-0059. */
export interface PageRequest {
  readonly max: number | undefined;
  readonly after: string | undefined;
  /** An empty text asks for the last page. */
  readonly before: string | undefined;
  readonly index: number | undefined;
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The paging asked for inside an element; undefined when it has none. */
export function readPageRequest(parent: XmlElement): PageRequest | undefined {
  const set = childNamed(parent, 'set');
  if (!set || namespaceOf(set) !== NS.resultSet) return undefined;
  return {
    max: count(textOfChild(set, 'max')),
    after: textOfChild(set, 'after'),
    before: textOfChild(set, 'before'),
    index: count(textOfChild(set, 'index')),
  };
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Says where the page lies; absent when no paging was asked for. */
  readonly set: XmlElement | undefined;
}

function startOf(keys: readonly string[], request: PageRequest, max: number): number | undefined {
  if (request.after !== undefined) {
    const at = keys.indexOf(request.after);
    return at < 0 ? undefined : at + 1;
  }
  if (request.before === undefined) return request.index ?? 0;
  const end = request.before === '' ? keys.length : keys.indexOf(request.before);
  return end < 0 ? undefined : Math.max(0, end - max);
}

/** Cuts the asked page out of a list; undefined when it begins after or before an unknown item. */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  request: PageRequest | undefined,
): Page<T> | undefined {
  if (!request) return { items: all, set: undefined };
  const keys = all.map(keyOf);
  const max = request.max ?? all.length;
  const start = startOf(keys, request, max);
  if (start === undefined) return undefined;
  const before =
    request.before === undefined || request.before === ''
      ? undefined
      : keys.indexOf(request.before);
  const end = Math.min(start + max, before ?? all.length);
  const [first, last] = [keys[start], keys[end - 1]];
  const edges =
    end > start && first !== undefined && last !== undefined
      ? [el('first', { index: String(start) }, [first]), el('last', {}, [last])]
      : [];
  const set = el('set', { xmlns: NS.resultSet }, [...edges, el('count', {}, [String(all.length)])]);
  return { items: all.slice(start, Math.max(start, end)), set };
}
