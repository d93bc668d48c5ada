import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Ini, IniProblem } from './ini.ts';
import { ABSENT_SECTIONS, moduleStates, type ModuleState } from './modules.ts';
import type { Token, TokenTable, ValuesOf } from './token.ts';
import { RETIRED, TOKENS } from './tokens.ts';

export type Values = ValuesOf<typeof TOKENS>;

export interface Configuration {
  readonly values: Values;
  readonly modules: readonly ModuleState[];
  /** Lines for the log: what was missing, unknown or retired, by section and token. */
  readonly warnings: readonly string[];
}

/** Which sections must be right for which module; others stop the agent when they are wrong. */
const MODULE_OF_SECTION: Readonly<Record<string, string>> = {
  HEALTH: 'hypervisor_health',
  VNC: 'vnc',
  XMPPSERVER: 'xmppserver',
};

/** Reads the tokens of a configuration; the problems that keep the agent from starting are all named. */
export function readConfiguration(ini: Ini): Result<Configuration, readonly string[]> {
  const problems: string[] = [];
  const warnings = [...unknownTokens(ini), ...provideDefaults(ini)];
  const failures = new Map<string, string>();
  const table: TokenTable = TOKENS;
  const sections = Object.entries(table).map(([section, tokens]): [string, unknown] => {
    const values = Object.entries(tokens).map(([name, token]): [string, unknown] => {
      const value = readToken(ini, section, name, token);
      if (value.ok) {
        if (value.value.warning !== undefined) warnings.push(value.value.warning);
        return [name, value.value.value];
      }
      const module = MODULE_OF_SECTION[section];
      if (module === undefined) problems.push(value.error);
      else failures.set(module, value.error);
      return [name, undefined];
    });
    return [section, Object.fromEntries(values)];
  });
  if (problems.length > 0) return err(problems);
  // Every token of the table was read into its place above, or is a problem.
  const values = Object.fromEntries(sections) as Values;
  const modules = moduleStates(namedModules(ini), values.GLOBAL.module_loading_policy, failures);
  return ok({ values, modules, warnings });
}

/** Fills the section that all others refer to. */
function* provideDefaults(ini: Ini): Generator<string> {
  for (const [name, { fallback }] of Object.entries(TOKENS.DEFAULT)) {
    if (fallback === undefined || ini.has('DEFAULT', name)) continue;
    ini.provide('DEFAULT', name, fallback);
    yield missing('DEFAULT', name, fallback);
  }
}

function missing(section: string, name: string, fallback: string): string {
  return `Token ${name} is missing in section [${section}], default ${fallback}`;
}

interface Read {
  readonly value: unknown;
  readonly warning?: string;
}

function readToken(
  ini: Ini,
  section: string,
  name: string,
  token: Token<unknown>,
): Result<Read, string> {
  const given = ini.get(section, name);
  if (!given.ok) return err(describeProblem(given.error));
  if (given.value !== undefined) return accept(token, section, name, given.value);
  if (token.isRequired)
    return err(`Token ${name} is missing in section [${section}]: ${token.doc}`);
  if (token.fallback === undefined) return ok({ value: undefined });
  const fallback = ini.expand(section, name, token.fallback, { file: 'the defaults', line: 0 });
  if (!fallback.ok) return err(describeProblem(fallback.error));
  const read = accept(token, section, name, fallback.value);
  const warning = missing(section, name, fallback.value);
  return read.ok ? ok({ value: read.value.value, warning }) : read;
}

function accept(
  token: Token<unknown>,
  section: string,
  name: string,
  text: string,
): Result<Read, string> {
  const value = token.read(text);
  if (value.ok) return ok({ value: value.value });
  return err(`Token ${name} in section [${section}] is “${text}”, but must be ${value.error}`);
}

function* unknownTokens(ini: Ini): Generator<string> {
  const table: TokenTable = TOKENS;
  for (const section of ini.sections()) {
    if (section === 'MODULES' || ABSENT_SECTIONS.some((one) => one === section)) continue;
    const known = table[section];
    if (!known) {
      yield `Section [${section}] is unknown and passed over`;
      continue;
    }
    for (const name of ini.options(section)) {
      const retired = RETIRED[section]?.[name];
      if (retired !== undefined)
        yield `Token ${name} in section [${section}] has no effect: ${retired}`;
      else if (!known[name])
        yield `Token ${name} in section [${section}] is unknown and passed over`;
    }
  }
}

function namedModules(ini: Ini): ReadonlyMap<string, boolean> {
  const named = ini.options('MODULES').map((id): readonly [string, boolean] => {
    const value = ini.get('MODULES', id);
    return [id, value.ok && /^(?:1|yes|true|on)$/iu.test(value.value ?? '')];
  });
  return new Map(named);
}

/** A problem of the file in a sentence, with the place and the remedy. */
export function describeProblem({ code, file, line, section, option }: IniProblem): string {
  const place = `${file}, line ${line}`;
  switch (code) {
    case 'no-section':
      return `${place}: “${option}” stands before any [section]. Put a section header above it.`;
    case 'no-separator':
      return `${place}: “${option}” is no “name = value”. Complete it or remove it.`;
    case 'empty-value':
      return `Missing value for option ${option} in section [${section}] (${place}). Give it one or remove the line.`;
    case 'unknown-reference':
      return `${place}: %(${option})s refers to nothing in section [${section}] or [DEFAULT]. Define ${option}.`;
    case 'reference-loop':
      return `${place}: ${option} refers to itself. Break the circle.`;
    case 'bad-percent':
      return `${place}: a lone % in the value of ${option}. Write %% for a percent sign.`;
  }
}
