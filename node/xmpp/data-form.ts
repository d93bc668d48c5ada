import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { childOf, childrenOf, childText } from './elements.ts';
import { NS } from './namespaces.ts';

/** A field of a data form (XEP-0004). */
export interface FormField {
  readonly name: string;
  /** Such as `text-single`, `jid-multi`, `boolean`, `fixed`; empty when the form does not say. */
  readonly type: string;
  readonly label: string | undefined;
  readonly isRequired: boolean;
  readonly values: readonly string[];
  readonly options: readonly { readonly label: string | undefined; readonly value: string }[];
}

export interface DataForm {
  readonly type: 'form' | 'submit' | 'cancel' | 'result';
  readonly title: string | undefined;
  readonly instructions: string | undefined;
  readonly fields: readonly FormField[];
  /** The rows of a table of results, by field name. */
  readonly items: readonly Readonly<Record<string, readonly string[]>>[];
}

const TYPES: readonly DataForm['type'][] = ['form', 'submit', 'cancel', 'result'];

/** Reads the form among the children of an element; undefined when there is none. */
export function readForm(parent: ElementReader | undefined): DataForm | undefined {
  const form = childOf(parent, 'x', NS.dataForms);
  if (form === undefined) return undefined;
  return {
    type: TYPES.find((type) => type === form.attribute('type')) ?? 'form',
    title: childText(form, 'title'),
    instructions: childText(form, 'instructions'),
    fields: childrenOf(form, 'field').map(readField),
    items: childrenOf(form, 'item').map((item) => {
      const fields = childrenOf(item, 'field').map(readField);
      return Object.fromEntries(fields.map((field) => [field.name, field.values]));
    }),
  };
}

/** The values of a field; none when the form lacks it. */
export function fieldValues(form: DataForm | undefined, name: string): readonly string[] {
  return form?.fields.find((field) => field.name === name)?.values ?? [];
}

/** A filled form, with its `FORM_TYPE` first. */
export function submitForm(
  formType: string,
  values: Readonly<Record<string, string | readonly string[]>>,
): XmlElement {
  const field = (name: string, given: string | readonly string[], type?: string): XmlElement => {
    const all = typeof given === 'string' ? [given] : given;
    return el(
      'field',
      { var: name, type },
      all.map((value) => el('value', {}, [value])),
    );
  };
  return el('x', { xmlns: NS.dataForms, type: 'submit' }, [
    field('FORM_TYPE', formType, 'hidden'),
    ...Object.entries(values).map(([name, given]) => field(name, given)),
  ]);
}

function readField(element: ElementReader): FormField {
  return {
    name: element.attribute('var') ?? '',
    type: element.attribute('type') ?? '',
    label: element.attribute('label'),
    isRequired: childOf(element, 'required') !== undefined,
    values: childrenOf(element, 'value').map((value) => value.text()),
    options: childrenOf(element, 'option').map((option) => {
      return { label: option.attribute('label'), value: childText(option, 'value') ?? '' };
    }),
  };
}
