import type { LogPosition } from './log-position.ts';

/** How many bytes before a position are sent along, so that the reader sees that it is the same file. */
export const OVERLAP_BYTES = 64;

/** Where to begin. */
export type FollowFrom =
  | { readonly kind: 'last-lines'; readonly count: number }
  | { readonly kind: 'beginning' }
  /** The file was found to be another one: from its beginning, and lines may be missing. */
  | { readonly kind: 'gap' }
  | { readonly kind: 'position'; readonly position: LogPosition };

/** The command that runs the script, which it reads from its standard input. */
export const FOLLOW_COMMAND = 'sh -s';

/**
 * What a host runs to follow a file, with nothing but a POSIX shell and its usual programs. The bytes of the file go
 * to standard output as they are; between them stand marks: NUL, a nonce, words and a line feed.
 * `at INODE OFFSET WHY` says of which file and from which byte the next bytes are, `clock SECONDS ZONE`
 * what time it is, `missing` and `denied` that there is no file to read, `idle` that all there is was sent, `alive` that nothing is new.
 *
 * The file is held open, so that a rotated one is read to its end under whatever name; the next is the
 * sibling that was changed after it, or the file itself.
 */
export const FOLLOW_SCRIPT = String.raw`
LC_ALL=C
export LC_ALL
newline='
'
mark() { printf '\000%s %s\n' "$nonce" "$*" || exit 1; }
nap() { sleep 0.2 2>/dev/null || sleep 1; }
beat() {
  beats=$((beats + 1))
  [ $((beats % 20)) -ne 0 ] || mark alive
}
inode_of() {
  set -- $(ls -diL -- "$1" 2>/dev/null)
  printf '%s' "$1"
}
slice() { tail -c "+$(($1 + 1))" /dev/fd/3 | head -c "$(($2 - $1))"; }
# The rotated siblings, the oldest first, then the file itself: lines of inode and name.
chain() {
  ls -1trid -- "$file".[0-9]* "$file"-[0-9]* 2>/dev/null
  ls -1id -- "$file" 2>/dev/null
}
# Finds in the chain: sets "found" to its name, and "after" to inode and name of the one that follows.
look_up() {
  found= after= follows=
  entries=$(chain)
  IFS=$newline
  set -f
  for entry in $entries; do
    entry=${'$'}{entry#"${'$'}{entry%%[! ]*}"}
    name=${'$'}{entry#* }
    case $name in *.gz | *.xz | *.bz2 | *.zst | *.lz4) continue ;; esac
    if [ -n "$follows" ]; then
      after=$entry
      break
    fi
    if [ "${'$'}{entry%% *}" = "$1" ]; then
      found=$name
      follows=1
    fi
  done
  set +f
  unset IFS
}
# Sends what the open file has from "offset" on, until another one has taken its place.
follow() {
  while :; do
    replaced=
    if [ ! "$file" -ef /dev/fd/3 ]; then
      if [ -s "$file" ]; then
        replaced=1
      else
        # Who rotated it may not have begun the new one; an older one is read on until then.
        look_up "$inode"
        [ -z "$after" ] || [ "${'$'}{after#* }" = "$file" ] || replaced=1
      fi
    fi
    size=$(($(wc -c </dev/fd/3) + 0))
    if [ "$size" -lt "$offset" ]; then
      offset=0
      mark at "$inode" 0 truncated
    elif [ "$size" -gt "$offset" ]; then
      from=$((offset > overlap ? offset - overlap : 0))
      mark at "$inode" "$from" more
      slice "$from" "$size" || exit 1
      offset=$size idle=
    elif [ -n "$replaced" ]; then
      look_up "$inode"
      return 0
    else
      [ -n "$idle" ] || mark idle
      idle=1
      beat
      nap
    fi
  done
}
last_lines() {
  size=$(($(wc -c </dev/fd/3) + 0))
  window=$(($1 * 200 + 1))
  while :; do
    from=$((size > window ? size - window : 0))
    [ "$from" -gt 0 ] || break
    [ $(($(slice "$from" "$size" | wc -l) + 0)) -le "$1" ] || break
    window=$((window * 2))
  done
  offset=$((size - $(slice "$from" "$size" | tail -n "$1" | wc -c)))
}
# With the file open: is it the one that was meant?
opened() {
  inode=$(inode_of /dev/fd/3)
  [ "$1" = - ] || [ "$1" = "$inode" ] || return 1
  [ "$offset" != last ] || last_lines "$count"
  mark at "$inode" "$offset" "$why"
  idle=
  follow
}
main() {
  overlap=${String(OVERLAP_BYTES)} beats=0 file=$1 nonce=$2 wanted=$3 offset=$4 count=$5 why=$6
  mark clock "$(date +%s)" "$(date +%z)"
  name=$file
  if [ "$wanted" != - ]; then
    look_up "$wanted"
    if [ -n "$found" ]; then name=$found; else wanted=- offset=0 why=gap; fi
  fi
  said=
  while :; do
    if [ ! -e "$name" ]; then
      [ "$said" = missing ] || mark missing
      said=missing
    elif [ ! -r "$name" ]; then
      [ "$said" = denied ] || mark denied
      said=denied
    elif opened "$wanted" 3<"$name"; then
      said= wanted=- name=$file offset=0 why=rotated
      if [ -n "$after" ]; then
        wanted=${'$'}{after%% *} name=${'$'}{after#* }
      fi
      continue
    elif [ "$wanted" != - ]; then
      # It was rotated once more between the look and the opening.
      look_up "$wanted"
      if [ -n "$found" ]; then name=$found; else wanted=- name=$file offset=0 why=gap; fi
    fi
    beat
    nap
  done
}
main "$@"
exit
`;

/** The whole of what is sent to the shell: its arguments, then the script. */
export function followScript(file: string, nonce: string, from: FollowFrom): string {
  return `set -- ${argumentsOf(file, nonce, from).map(quoted).join(' ')}\n${FOLLOW_SCRIPT}`;
}

function argumentsOf(file: string, nonce: string, from: FollowFrom): readonly string[] {
  switch (from.kind) {
    case 'last-lines':
      return [file, nonce, '-', 'last', String(from.count), 'start'];
    case 'beginning':
      return [file, nonce, '-', '0', '0', 'start'];
    case 'gap':
      return [file, nonce, '-', '0', '0', 'gap'];
    case 'position':
      return [file, nonce, from.position.inode, String(from.position.offset), '0', 'resumed'];
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
