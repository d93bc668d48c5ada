/** Who noted something of an entity; of each the last few notes are kept. */
type Witness =
  | 'chaos'
  | 'libvirt'
  | 'agent shows'
  | 'agent sends'
  | 'agent link'
  | 'server'
  | 'client hears'
  | 'order';

interface Note {
  readonly at: number;
  readonly text: string;
}

const MOST_NOTES = 4;
/** What concerns everybody: the client's link, and restarts of the server. */
const MOST_OF_ALL = 12;

/** The last things that happened to each entity, each with who saw it and when. */
export class Chronicle {
  readonly #began = performance.now();
  readonly #notes = new Map<string, Map<Witness, Note[]>>();
  readonly #ofAll: Note[] = [];

  /** `node` is the first part of the entity's JID. */
  note(node: string, witness: Witness, text: string): void {
    const known = this.#notes.get(node) ?? new Map<Witness, Note[]>();
    this.#notes.set(node, known);
    const notes = known.get(witness) ?? [];
    known.set(witness, notes);
    keep(notes, { at: this.#now(), text }, MOST_NOTES);
  }

  noteOfAll(text: string): void {
    keep(this.#ofAll, { at: this.#now(), text }, MOST_OF_ALL);
  }

  /** What is known of an entity, and what chaos did to its host, in order; in seconds since the start. */
  of(node: string, host: string | undefined): readonly string[] {
    const own = [...(this.#notes.get(node) ?? [])].flatMap(([witness, notes]) => {
      return notes.map(({ at, text }) => ({ at, text: `${witness}: ${text}` }));
    });
    const hosts = host === undefined ? [] : (this.#notes.get(host)?.get('chaos') ?? []);
    const others = [...this.#ofAll, ...hosts].map(({ at, text }) => ({ at, text: `(${text})` }));
    const sorted = [...own, ...others].sort((one, other) => one.at - other.at);
    const now = `${this.#seconds(this.#now())} asked`;
    return [...sorted.map(({ at, text }) => `${this.#seconds(at)} ${text}`), now];
  }

  #seconds(at: number): string {
    return (at / 1000).toFixed(3);
  }

  #now(): number {
    return performance.now() - this.#began;
  }
}

function keep(notes: Note[], note: Note, most: number): void {
  notes.push(note);
  if (notes.length > most) notes.shift();
}
