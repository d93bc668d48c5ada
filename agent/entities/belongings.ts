import type { Result } from '../../core/lib/result.ts';

/** What users gave an entity: kept by the agent, and published where everybody sees it. */
export interface Belongings {
  readonly tags: readonly string[];
  /** File name of the picture it wears; undefined for the configured one. */
  readonly avatar?: string | undefined;
}

/** Where the belongings of one entity are kept. */
export interface BelongingsKeeper {
  now(): Belongings;
  /** Changes what is given; a failure says why in words. */
  keep(change: Partial<Belongings>): Promise<Result<undefined, string>>;
}
