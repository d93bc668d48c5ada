import type {
  FromGraphs,
  GraphContent,
  GraphLook,
  GraphSize,
  GraphTable,
  LineSummary,
  ToGraphs,
} from '../../workers/graphs/messages.ts';

/** Is told what is in sight of each line, and how long the drawing took, milliseconds. */
type Drawn = (lines: readonly LineSummary[], tookMs: number) => void;

/** The graphs of one panel as this thread knows them: all work is done in their worker. */
export class GraphEngine {
  readonly #worker = new Worker(new URL('../../workers/graphs/graph-worker.ts', import.meta.url), {
    type: 'module',
  });
  readonly #drawn = new Map<string, Drawn>();
  readonly #asked = new Map<number, (answer: unknown) => void>();
  #count = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromGraphs>) => {
      if (data.kind === 'drawn') {
        for (const { graph, lines, tookMs } of data.graphs) this.#drawn.get(graph)?.(lines, tookMs);
      } else {
        this.#asked.get(data.request)?.(data.answer);
        this.#asked.delete(data.request);
      }
    });
  }

  /** Takes a canvas for a graph; `drawn` is told what is in sight after each drawing. */
  open(graph: string, canvas: HTMLCanvasElement, size: GraphSize, drawn: Drawn): () => void {
    this.#drawn.set(graph, drawn);
    const offscreen = canvas.transferControlToOffscreen();
    const message: ToGraphs = { kind: 'open', graph, canvas: offscreen, size };
    this.#worker.postMessage(message, [offscreen]);
    return () => {
      this.#drawn.delete(graph);
      this.tell({ kind: 'close', graph });
    };
  }

  tell(
    message: Exclude<ToGraphs, { readonly kind: 'open' | 'values' | 'table' | 'picture' }>,
  ): void {
    this.#worker.postMessage(message);
  }

  look(look: GraphLook): void {
    this.tell({ kind: 'look', look });
  }

  show(graph: string, content: GraphContent): void {
    this.tell({ kind: 'show', graph, content });
  }

  async valuesAt(graph: string, at: number): Promise<readonly (number | undefined)[]> {
    return (await this.#ask({ kind: 'values', graph, at })) as readonly (number | undefined)[];
  }

  async table(graph: string): Promise<GraphTable> {
    return (await this.#ask({ kind: 'table', graph })) as GraphTable;
  }

  async picture(graph: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return (await this.#ask({ kind: 'picture', graph })) as Uint8Array<ArrayBuffer> | undefined;
  }

  stop(): void {
    this.#worker.terminate();
  }

  #ask(
    question:
      | { readonly kind: 'values'; readonly graph: string; readonly at: number }
      | { readonly kind: 'table' | 'picture'; readonly graph: string },
  ): Promise<unknown> {
    const request = (this.#count += 1);
    const answer = new Promise((resolve) => this.#asked.set(request, resolve));
    this.#worker.postMessage({ ...question, request });
    return answer;
  }
}
