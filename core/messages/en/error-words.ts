/** What a refusal means, and what to do about it. Each is one or two sentences. */
export interface ErrorWords {
  readonly what: string;
  readonly remedy: string;
}

/** What happened, then what to do about it. */
export interface ErrorNotice {
  readonly title: string;
  readonly hint: string;
}
