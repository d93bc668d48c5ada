import { csvText, tableRows } from '../../../core/graphs/table-text.ts';
import { messagesFor } from '../../../core/messages/catalogue.ts';
import interFont from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { Graph, type GraphSurroundings } from './graph.ts';
import type { DrawnGraph, FromGraphs, GraphTable, ToGraphs } from './messages.ts';
import { Tracks } from './tracks.ts';

const NO_POINTS = { times: new Float64Array(), values: new Float64Array() };

/** Draws the graphs of one panel, away from the thread that the page lives on. */
class GraphWorker {
  readonly #tracks = new Tracks();
  readonly #graphs = new Map<string, Graph>();
  readonly #stale = new Set<string>();
  #around: GraphSurroundings | undefined;
  #span = { from: 0, to: 1 };
  #isPlanned = false;

  take(message: ToGraphs): void {
    switch (message.kind) {
      case 'look':
        this.#around = {
          look: message.look,
          words: messagesFor(message.look.language),
          ...this.#span,
        };
        this.#outdateAll();
        break;
      case 'open':
        this.#graphs.set(message.graph, new Graph(message.canvas, message.size));
        this.#outdate(message.graph);
        break;
      case 'close':
        this.#graphs.get(message.graph)?.close();
        this.#graphs.delete(message.graph);
        break;
      case 'resize':
        this.#graphs.get(message.graph)?.resize(message.size);
        this.#outdate(message.graph);
        break;
      case 'show': {
        const graph = this.#graphs.get(message.graph);
        if (graph) graph.content = message.content;
        this.#outdate(message.graph);
        break;
      }
      default:
        this.#takeValues(message);
    }
  }

  #takeValues(message: ToGraphs): void {
    switch (message.kind) {
      case 'span':
        this.#span = { from: message.from, to: message.to };
        if (this.#around) this.#around = { ...this.#around, ...this.#span };
        this.#outdateAll();
        break;
      case 'keep':
        this.#tracks.keepOnly(new Set(message.tracks));
        this.#outdateAll();
        break;
      case 'past':
        for (const one of message.tracks) {
          this.#tracks.replace(one, message.fromMs, message.stepMs);
        }
        this.#outdateAll();
        break;
      case 'sample':
        for (const [track, value] of message.values) this.#tracks.append(track, message.at, value);
        this.#outdateAll();
        break;
      default:
        void this.#answer(message);
    }
  }

  async #answer(message: ToGraphs): Promise<void> {
    if (!('request' in message)) return;
    const graph = this.#graphs.get(message.graph);
    const { request } = message;
    if (message.kind === 'values')
      tell({ kind: 'answer', request, answer: this.#valuesAt(graph, message.at) });
    if (message.kind === 'table') tell({ kind: 'answer', request, answer: this.#table(graph) });
    if (message.kind === 'picture') {
      const blob = await graph?.canvas.convertToBlob({ type: 'image/png' });
      const bytes = blob && new Uint8Array(await blob.arrayBuffer());
      tell({ kind: 'answer', request, answer: bytes });
    }
  }

  #valuesAt(graph: Graph | undefined, at: number): readonly (number | undefined)[] {
    const lines = graph?.content.lines ?? [];
    return lines.map(({ track }) =>
      this.#tracks.find(track)?.valueAt(at, this.#tracks.gapOf(track)),
    );
  }

  #table(graph: Graph | undefined): GraphTable {
    const lines = graph?.content.lines ?? [];
    const { words } = this.#around ?? {};
    const { from, to } = this.#span;
    const means = lines.map(({ track, label }) => ({
      heading: label,
      ...(this.#tracks.find(track)?.points ?? NO_POINTS),
    }));
    const columns = lines.flatMap(({ track }, place) => {
      const [mean, found] = [means[place], this.#tracks.find(track)];
      if (!mean || !found?.isRanged || !words) return mean ?? [];
      const { times, lows, highs } = found.points;
      const { lowestOf, highestOf } = words.health;
      return [
        mean,
        { heading: lowestOf(mean.heading), times, values: lows },
        { heading: highestOf(mean.heading), times, values: highs },
      ];
    });
    const headings = columns.map((one) => one.heading);
    const csv = csvText(words?.health.timeHeading ?? '', headings, tableRows(columns, from, to));
    return { rows: tableRows(means, from, to), csv };
  }

  #outdateAll(): void {
    for (const name of this.#graphs.keys()) this.#outdate(name);
  }

  /** Draws once for all that comes before the next frame. */
  #outdate(name: string): void {
    this.#stale.add(name);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    requestAnimationFrame(() => this.#drawStale());
  }

  #drawStale(): void {
    this.#isPlanned = false;
    const around = this.#around;
    if (!around) return;
    const graphs = [...this.#stale].flatMap((name) => this.#draw(name, around) ?? []);
    this.#stale.clear();
    // In one message: the page draws its legends once, not once for each graph.
    tell({ kind: 'drawn', graphs });
  }

  #draw(name: string, around: GraphSurroundings): DrawnGraph | undefined {
    const graph = this.#graphs.get(name);
    if (!graph) return undefined;
    const began = performance.now();
    graph.draw(this.#tracks, around);
    const lines = graph.content.lines.map((line) => {
      return { track: line.track, facts: this.#tracks.facts(line, around.from, around.to) };
    });
    return { graph: name, lines, tookMs: performance.now() - began };
  }

  /** Draws everything anew, such as when a font has come. */
  refresh(): void {
    const around = this.#around;
    if (around) this.#around = { ...around, look: { ...around.look } };
    this.#outdateAll();
  }
}

function tell(message: FromGraphs): void {
  postMessage(message);
}

const worker = new GraphWorker();
addEventListener('message', ({ data }: MessageEvent<ToGraphs>) => worker.take(data));

// A worker has none of the page's fonts.
const inter = new FontFace('Inter Variable', `url(${interFont})`, { weight: '100 900' });
void inter.load().then((font) => {
  const { fonts } = self as unknown as { readonly fonts: FontFaceSet };
  fonts.add(font);
  worker.refresh();
});
