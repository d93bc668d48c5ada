import * as v from 'valibot';
import type { PlatformCommand } from '../core/commands/define-command.ts';
import { err, ok, type Result } from '../core/lib/result.ts';

/** The fields of a command's input, by name, with whether each must be given. */
export function inputFields(
  command: PlatformCommand,
): readonly { name: string; isOptional: boolean }[] {
  const entries = entriesOf(command.input);
  return Object.entries(entries).map(([name, schema]) => ({
    name,
    isOptional: schema.type === 'optional',
  }));
}

/**
 * The input of a command out of `name=value` words. Values are read as the schema wants them: a
 * number, yes or no, a list with commas.
 */
export function readInput(
  command: PlatformCommand,
  words: readonly string[],
): Result<Record<string, unknown>, string> {
  const entries = entriesOf(command.input);
  const input: Record<string, unknown> = {};
  for (const word of words) {
    const [name = '', ...rest] = word.split('=');
    const schema = entries[name];
    if (!schema || rest.length === 0) return err(unknownWord(word, Object.keys(entries)));
    input[name] = valueFor(schema, rest.join('='));
  }
  const parsed = v.safeParse(command.input, input);
  return parsed.success ? ok(input) : err(parsed.issues.map(describeIssue).join(' '));
}

/** What is wrong with one field, and what it takes. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const name = v.getDotPath(issue);
  // Of the input as a whole there is no word to name.
  if (name === null) return sentence(issue.message);
  if (issue.input === undefined) return `${name}=… is missing.`;
  if (issue.type === 'number') return `${name} takes a number.`;
  if (issue.type === 'boolean') return `${name} takes yes or no.`;
  return sentence(`${name}: ${issue.message}`);
}

function sentence(words: string): string {
  return /[.!?]$/u.test(words) ? words : `${words}.`;
}

type Schema = v.GenericSchema<unknown, unknown>;

function entriesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return 'entries' in schema ? (schema.entries as Record<string, Schema>) : {};
}

/** The schema inside an optional or a pipe, by which the kind of value is known. */
function inner(schema: Schema): Schema {
  if ('wrapped' in schema) return inner(schema.wrapped as Schema);
  return schema;
}

function valueFor(schema: Schema, text: string): unknown {
  const { type } = inner(schema);
  if (type === 'number') return text.trim() === '' ? Number.NaN : Number(text);
  if (type === 'boolean') return booleanOf(text);
  if (type === 'array') return text === '' ? [] : text.split(',').map((one) => one.trim());
  return text;
}

/** What is neither yes nor no stays as it is, for the schema to refuse. */
function booleanOf(text: string): unknown {
  if (/^(?:yes|true|on|1)$/iu.test(text)) return true;
  return /^(?:no|false|off|0)$/iu.test(text) ? false : text;
}

function unknownWord(word: string, names: readonly string[]): string {
  const takes =
    names.length === 0 ? 'It takes none.' : `It takes ${names.map((one) => `${one}=…`).join(' ')}.`;
  return `“${word}” is no argument of this command. ${takes}`;
}
