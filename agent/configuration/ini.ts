import { err, ok, type Result } from '../../core/lib/result.ts';

/** Where a configuration is wrong and how; `line` counts from 1. */
export interface IniProblem {
  readonly code:
    | 'no-section'
    | 'no-separator'
    | 'empty-value'
    | 'unknown-reference'
    | 'reference-loop'
    | 'bad-percent';
  readonly file: string;
  readonly line: number;
  readonly section: string;
  readonly option: string;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

type Where = Omit<IniProblem, 'code'>;

interface Entry extends Place {
  readonly raw: string;
}

type Section = Map<string, Entry>;

/** The options of the sections of one or more INI files, as Python's ConfigParser reads them. */
export class Ini {
  readonly #sections = new Map<string, Section>();
  readonly #hostname: string;

  /** `hostname` stands in for `@HOSTNAME@` in values. */
  constructor(hostname: string) {
    this.#hostname = hostname;
  }

  /** Adds a file; what it says replaces what files before it said. */
  add(file: string, text: string): Result<undefined, IniProblem> {
    let section: string | undefined;
    let option: string | undefined;
    for (const [index, line] of text.split(/\r?\n/u).entries()) {
      const place = { file, line: index + 1 };
      const kind = classify(line, option !== undefined);
      if (kind.name === 'header') {
        section = kind.section;
        option = undefined;
        this.#section(section);
      } else if (kind.name === 'continuation') {
        this.#extend(section ?? '', option ?? '', kind.text);
      } else if (kind.name === 'option') {
        if (section === undefined)
          return err({ code: 'no-section', ...place, section: '', option: kind.option });
        option = kind.option;
        this.#section(section).set(option, { raw: kind.text, ...place });
      } else if (kind.name === 'nonsense') {
        return err({ code: 'no-separator', ...place, section: section ?? '', option: line.trim() });
      }
    }
    return ok(undefined);
  }

  sections(): readonly string[] {
    return [...this.#sections.keys()].filter((name) => name !== 'DEFAULT');
  }

  options(section: string): readonly string[] {
    return [...(this.#sections.get(section)?.keys() ?? [])];
  }

  has(section: string, option: string): boolean {
    return this.#find(section, option) !== undefined;
  }

  /** The value with its `%(name)s` references resolved; undefined when the option is not there. */
  get(section: string, option: string): Result<string | undefined, IniProblem> {
    const entry = this.#find(section, option);
    if (!entry) return ok(undefined);
    const value = this.expand(section, option, entry.raw, entry);
    if (!value.ok || value.value !== '') return value;
    return err({ code: 'empty-value', file: entry.file, line: entry.line, section, option });
  }

  /** Resolves references in a text as if it stood in a section, for the defaults of absent options. */
  expand(section: string, option: string, text: string, place: Place): Result<string, IniProblem> {
    const { file, line } = place;
    const expanded = this.#resolve({ file, line, section, option }, text, []);
    return expanded.ok ? ok(expanded.value.replaceAll('@HOSTNAME@', this.#hostname)) : expanded;
  }

  #resolve(where: Where, text: string, inside: readonly string[]): Result<string, IniProblem> {
    let resolved = '';
    for (const part of text.split(/(%\([^)]*\)s|%%|%)/u)) {
      if (part === '%') return err({ code: 'bad-percent', ...where });
      const name = /^%\(([^)]*)\)s$/u.exec(part)?.[1]?.toLowerCase();
      const value =
        name === undefined ? ok(part === '%%' ? '%' : part) : this.#refer(where, name, inside);
      if (!value.ok) return value;
      resolved += value.value;
    }
    return ok(resolved);
  }

  #refer(where: Where, name: string, inside: readonly string[]): Result<string, IniProblem> {
    if (inside.includes(name)) return err({ code: 'reference-loop', ...where });
    const found = this.#find(where.section, name);
    if (!found) return err({ code: 'unknown-reference', ...where, option: name });
    return this.#resolve(where, found.raw, [...inside, name]);
  }

  /** Gives an option that no file gave, so that other values can refer to it. */
  provide(section: string, option: string, raw: string): void {
    this.#section(section).set(option, { raw, file: 'the defaults', line: 0 });
  }

  #find(section: string, option: string): Entry | undefined {
    return this.#sections.get(section)?.get(option) ?? this.#sections.get('DEFAULT')?.get(option);
  }

  #section(name: string): Section {
    const known = this.#sections.get(name);
    if (known) return known;
    const section: Section = new Map();
    this.#sections.set(name, section);
    return section;
  }

  #extend(section: string, option: string, text: string): void {
    const entry = this.#sections.get(section)?.get(option);
    if (entry) this.#section(section).set(option, { ...entry, raw: `${entry.raw}\n${text}` });
  }
}

type Line =
  | { readonly name: 'nothing' }
  | { readonly name: 'header'; readonly section: string }
  | { readonly name: 'continuation'; readonly text: string }
  | { readonly name: 'option'; readonly option: string; readonly text: string }
  | { readonly name: 'nonsense' };

function classify(line: string, insideOption: boolean): Line {
  const trimmed = line.trim();
  if (trimmed === '' || /^[#;]/u.test(trimmed)) return { name: 'nothing' };
  if (/^\s/u.test(line) && insideOption) return { name: 'continuation', text: trimmed };
  const section = /^\[([^\]]+)\]/u.exec(trimmed)?.[1];
  if (section !== undefined) return { name: 'header', section };
  const option = /^([^=:]+?)\s*[=:]\s*(.*)$/u.exec(trimmed);
  if (!option) return { name: 'nonsense' };
  const [, name = '', value = ''] = option;
  // Python takes a semicolon behind white space as the beginning of a comment.
  return { name: 'option', option: name.toLowerCase(), text: value.replace(/\s+;.*$/u, '') };
}
