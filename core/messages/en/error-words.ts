/** What a refusal means, and what to do about it. Each is one or two sentences. */
export interface ErrorWords {
  readonly what: string;
  readonly remedy: string;
}
