import type { StanzaRecord } from '../../../core/contract/stanzas.ts';

/** Requests and answers by their numbers, kept up as stanzas come and go. */
export class StanzaIndex {
  readonly #byId = new Map<number, StanzaRecord>();
  readonly #answers = new Map<number, StanzaRecord>();
  #seen: readonly StanzaRecord[] = [];

  /** Takes the records there are now, the oldest first; only what has changed at the ends is looked at. */
  update(records: readonly StanzaRecord[]): this {
    this.#forgetBefore(records[0]?.id ?? Infinity);
    const first = this.#seen[0]?.id ?? Infinity;
    const last = this.#seen.at(-1)?.id ?? Infinity;
    const older = records.findIndex(({ id }) => id >= first);
    const newer = records.findLastIndex(({ id }) => id <= last);
    for (const one of records.slice(0, older < 0 ? undefined : older)) this.#add(one);
    for (const one of records.slice(newer + 1)) this.#add(one);
    this.#seen = records;
    return this;
  }

  #forgetBefore(first: number): void {
    for (const { id, answers } of this.#seen) {
      if (id >= first) break;
      this.#byId.delete(id);
      if (answers) this.#answers.delete(answers.id);
    }
  }

  find(id: number): StanzaRecord | undefined {
    return this.#byId.get(id);
  }

  /** What a stanza is the answer to. */
  requestOf({ answers }: StanzaRecord): StanzaRecord | undefined {
    return answers && this.#byId.get(answers.id);
  }

  answerTo({ id }: StanzaRecord): StanzaRecord | undefined {
    return this.#answers.get(id);
  }

  /** A request and its answer, whichever of the two was chosen. */
  pair(record: StanzaRecord): StanzaPair {
    const request = this.requestOf(record);
    if (request) return { request, answer: record };
    return { request: record, answer: record.answers ? undefined : this.answerTo(record) };
  }

  #add(record: StanzaRecord): void {
    this.#byId.set(record.id, record);
    if (record.answers) this.#answers.set(record.answers.id, record);
  }
}

export interface StanzaPair {
  readonly request: StanzaRecord;
  /** Absent: none has come. */
  readonly answer: StanzaRecord | undefined;
}
