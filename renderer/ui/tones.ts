/** What a state mark draws: each shape can be told from the others without its colour. */
export type MarkShape =
  | 'play'
  | 'bars'
  | 'ring'
  | 'dashes'
  | 'warning'
  | 'arrow'
  | 'down'
  | 'dots'
  | 'cross'
  | 'disc'
  | 'clock'
  | 'slash'
  | 'question'
  | 'server'
  | 'server-away'
  | 'server-lost'
  | 'person'
  | 'person-away';

export type MarkTone = 'running' | 'paused' | 'off' | 'crashed' | 'moving' | 'stale' | 'accent';

export type ChipTone = 'plain' | 'running' | 'paused' | 'crashed' | 'moving' | 'stale';
