import type { Language } from '../../../core/messages/catalogue.ts';
import type { GraphUnit } from '../../../core/graphs/value-scale.ts';

/** One line of a graph. */
export interface GraphLine {
  /** The name of the track that it draws. */
  readonly track: string;
  readonly label: string;
  readonly colour: string;
  /** Of dashes, in pixels; none for a whole line: lines are told apart by more than their colour. */
  readonly dash: readonly number[];
}

/** A line across the graph at a share of its scale's top, which is a whole. */
export interface GraphLimit {
  readonly share: number;
  readonly colour: string;
}

/** What a graph shows. */
export interface GraphContent {
  readonly unit: GraphUnit;
  readonly lines: readonly GraphLine[];
  readonly limits: readonly GraphLimit[];
  /** The highest of their newest values is the top of the scale; without any it fits what is drawn. */
  readonly topTracks: readonly string[];
}

/** Colours and words of all graphs, from the tokens of the page. */
export interface GraphLook {
  readonly ink: string;
  readonly grid: string;
  readonly surface: string;
  readonly font: string;
  readonly language: Language;
}

export interface GraphSize {
  readonly width: number;
  readonly height: number;
  /** Of pixels of the screen to those of the page. */
  readonly ratio: number;
}

/** Room around what is drawn, in pixels of the page; the same in all graphs, so that moments align. */
export const PLOT = { left: 66, right: 12, top: 8, bottom: 22 } as const;

/** Values in equal steps of time. */
export interface PastTrack {
  readonly track: string;
  readonly values: readonly (number | null)[];
  /** The lowest and highest of what each value stands for, where it stands for several. */
  readonly range?: {
    readonly lows: readonly (number | null)[];
    readonly highs: readonly (number | null)[];
  };
}

export type ToGraphs =
  | { readonly kind: 'look'; readonly look: GraphLook }
  | {
      readonly kind: 'open';
      readonly graph: string;
      readonly canvas: OffscreenCanvas;
      readonly size: GraphSize;
    }
  | { readonly kind: 'resize'; readonly graph: string; readonly size: GraphSize }
  | { readonly kind: 'show'; readonly graph: string; readonly content: GraphContent }
  | { readonly kind: 'close'; readonly graph: string }
  /** All other tracks are forgotten. */
  | { readonly kind: 'keep'; readonly tracks: readonly string[] }
  | { readonly kind: 'span'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'past';
      readonly stepMs: number;
      readonly fromMs: number;
      readonly tracks: readonly PastTrack[];
    }
  | {
      readonly kind: 'sample';
      readonly at: number;
      readonly values: readonly (readonly [track: string, value: number])[];
    }
  | {
      readonly kind: 'values';
      readonly request: number;
      readonly graph: string;
      readonly at: number;
    }
  | { readonly kind: 'table'; readonly request: number; readonly graph: string }
  | { readonly kind: 'picture'; readonly request: number; readonly graph: string };

/** What is in sight of one line. */
export interface LineSummary {
  readonly track: string;
  /** Undefined where nothing was measured in sight. */
  readonly facts: LineFacts | undefined;
}

export interface LineFacts {
  readonly newest: number;
  readonly lowest: number;
  readonly highest: number;
}

export interface GraphTable {
  readonly rows: readonly {
    readonly time: number;
    readonly values: readonly (number | undefined)[];
  }[];
  readonly csv: string;
}

/** A graph that was drawn anew. */
export interface DrawnGraph {
  readonly graph: string;
  readonly lines: readonly LineSummary[];
  /** What drawing took, milliseconds. */
  readonly tookMs: number;
}

export type FromGraphs =
  | { readonly kind: 'drawn'; readonly graphs: readonly DrawnGraph[] }
  | { readonly kind: 'answer'; readonly request: number; readonly answer: unknown };
